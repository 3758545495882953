#!/bin/bash
# notarise.sh IMAGE: has Apple look the image over, and staples the answer to it. It needs a key of App Store Connect:
# HELODOCTOR_MAC_KEY (file), HELODOCTOR_MAC_KEY_ID, HELODOCTOR_MAC_ISSUER.
set -euo pipefail
image=$1
if [ -z "${HELODOCTOR_MAC_IDENTITY:-}" ] || [ -z "${HELODOCTOR_MAC_KEY:-}" ]; then
    echo "build.py: *** NOT DONE: notarisation of $(basename "$image"), because no identity and key are set ***"
    exit 0
fi
xcrun notarytool submit "$image" --wait --key "$HELODOCTOR_MAC_KEY" --key-id "$HELODOCTOR_MAC_KEY_ID" \
    --issuer "$HELODOCTOR_MAC_ISSUER"
xcrun stapler staple "$image"
xcrun stapler validate "$image"
spctl --assess --type open --context context:primary-signature --verbose "$image"
