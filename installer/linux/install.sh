#!/bin/sh
# Run by the single-file installer: puts the program below your home folder, or takes it away again.
#     sh PROGRAM.run                    install for this user
#     sh PROGRAM.run -- --uninstall     take it away; your cases stay
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
home=$HOME/.local/lib/@package@

refresh() {
    update-desktop-database "$data/applications" 2>/dev/null || true
    update-mime-database "$data/mime" 2>/dev/null || true
}

remove() {
    rm -rf "$home"
    rm -f "$bin/@window@" "$bin/@terminal@"
    if [ -f share.list ]; then
        while read -r file; do rm -f "$data/$file"; done <share.list
    fi
}

if [ "${1:-}" = --uninstall ]; then
    remove
    refresh
    echo "@name@ was taken away. Your cases stay in $data/@package@."
    exit 0
fi

remove
mkdir -p "$home" "$bin" "$data"
cp -R bundle/. "$home/"
cp -R share/. "$data/"
sed -i "s|^Exec=@window@|Exec=\"$home/@window@\"|" "$data/applications/@id@.desktop"
ln -s "$home/@window@" "$bin/@window@"
ln -s "$home/@terminal@" "$bin/@terminal@"
if [ -f "${USER_PWD:-.}/profile.toml" ]; then cp "$USER_PWD/profile.toml" "$home/"; fi   # the organisation's rules
refresh
echo "@name@ is installed for you: in the menu of programs, and as $bin/@window@."
