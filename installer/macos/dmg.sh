#!/bin/bash
# dmg.sh APP IMAGE: the usual image, the app beside a link to Applications to drag it on.
set -euo pipefail
app=$1 image=$2
identity=${HELODOCTOR_MAC_IDENTITY:-}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
cp "$(dirname "$0")/../FIRST-START.md" "$folder/First start.txt"
rm -f "$image"
hdiutil create -volname "$(basename "$app" .app)" -srcfolder "$folder" -fs HFS+ -format UDZO "$image"
if [ -n "$identity" ]; then codesign --force --sign "$identity" --timestamp "$image"; fi
hdiutil verify "$image"
