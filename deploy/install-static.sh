#!/bin/sh
# Installs a release of the static app, upgrades to it, or goes back to an older one: it is the same each time.
#   install-static.sh loredesk-VERSION-static.tar.gz /srv/loredesk /kb/
#
# The server serves /srv/loredesk/app. New files come first and index.html last, so that nobody gets a page whose files are not
# there; files of the release before stay for a day, because open pages still ask for them. The release itself is kept in
# /srv/loredesk/releases, with its deploy files.
set -eu

fail() { echo "install-static.sh: $1" >&2; exit 1; }
[ $# -eq 3 ] || fail "usage: install-static.sh RELEASE.tar.gz FOLDER /BASE/"
archive=$1 root=$2 base=$3
[ -f "$archive" ] || fail "there is no $archive"
here=$(cd "$(dirname "$0")" && pwd)

if [ -f "$archive.sha256" ]; then
    (cd "$(dirname "$archive")" && sha256sum -c "$(basename "$archive").sha256" > /dev/null) || fail "$archive is damaged: its checksum is another"
else
    echo "install-static.sh: there is no $archive.sha256, so the archive is not checked"
fi

mkdir -p "$root/app" "$root/releases"
# One at a time: a folder can be made only once.
lock=$root/.installing
mkdir "$lock" 2> /dev/null || fail "another installation is under way; if none is, remove $lock"
trap 'rm -rf "$lock"' EXIT
tar -xzf "$archive" -C "$lock"
name=$(ls "$lock")
[ -f "$lock/$name/app/index.html" ] || fail "$archive is no release of the static app"
sh "$here/set-base.sh" "$lock/$name/app" "$base"
rm -rf "$root/releases/$name"
mv "$lock/$name" "$root/releases/$name"
new=$root/releases/$name/app

# What the release before the last one left, once its day is over.
left=$root/left-over
if [ -f "$left" ] && [ -n "$(find "$left" -mmin +1440)" ]; then
    while IFS= read -r file; do
        [ -e "$new/$file" ] || rm -f "$root/app/$file"
    done < "$left"
    rm -f "$left"
fi

# Over what is there: a name with a hash has the same content in every release, the others are replaced one by one.
(cd "$new" && find . -type d) | while IFS= read -r folder; do mkdir -p "$root/app/$folder"; done
copy() {
    cp -p "$new/$1" "$root/app/$1.installing"
    mv -f "$root/app/$1.installing" "$root/app/$1"
}
(cd "$new" && find . -type f ! -name 'index.html*') | sort | while IFS= read -r file; do copy "$file"; done
for file in index.html.br index.html.gz index.html; do
    if [ -f "$new/$file" ]; then copy "$file"; else rm -f "$root/app/$file"; fi
done

(cd "$root/app" && find . -type f ! -name config.json) | while IFS= read -r file; do
    [ -e "$new/$file" ] || printf '%s\n' "$file"
done > "$left"
[ -s "$left" ] || rm -f "$left"
echo "install-static.sh: $name is in $root/app, for $base"
