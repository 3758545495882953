#!/bin/bash
# sign.sh APP: signs from the inside out with HELODOCTOR_MAC_IDENTITY ("Developer ID Application: ..."); without one the
# app is signed for this machine only (ad hoc), which Apple's processors ask for, and that is said.
set -euo pipefail
app=$1
entitlements=$(dirname "$0")/entitlements.plist
identity=${HELODOCTOR_MAC_IDENTITY:--}

sign() {
    if [ "$identity" = - ]; then
        codesign --force --sign - --entitlements "$entitlements" "$1"
    else
        codesign --force --sign "$identity" --options runtime --timestamp --entitlements "$entitlements" "$1"
    fi
}

# libraries first, then frameworks, then the programs, at last the app around them
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | while IFS= read -r -d '' file; do sign "$file"; done
find "$app/Contents" -type d -name '*.framework' -prune -print0 | while IFS= read -r -d '' folder; do sign "$folder"; done
find "$app/Contents/MacOS" -type f -print0 | while IFS= read -r -d '' file; do sign "$file"; done
sign "$app"
codesign --verify --deep --strict --verbose=2 "$app"
if [ "$identity" = - ]; then
    echo "build.py: *** NOT DONE: a signature that other Macs trust, because HELODOCTOR_MAC_IDENTITY is not set ***"
fi
