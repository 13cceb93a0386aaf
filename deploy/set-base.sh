#!/bin/sh
# Lets the app live under a path: rewrites the one literal <base href="…"> in its index.html and makes the compressed copies
# anew, so that no server ever sends an old one.
#   set-base.sh /srv/loredesk/app /kb/
set -eu

fail() { echo "set-base.sh: $1" >&2; exit 1; }
[ $# -eq 2 ] || fail "usage: set-base.sh FOLDER-OF-THE-APP /BASE/"
page=$1/index.html
base=$2
printf '%s\n' "$base" | grep -Eqx '/([A-Za-z0-9_-]+/)*' || fail "the base is a path with a slash at both ends, such as /kb/, and not \"$base\""
[ -f "$page" ] || fail "there is no $page"
[ "$(grep -c '<base href="[^"]*">' "$page")" = 1 ] || fail "$page has no <base href=\"…\">, or more than one"

new=$page.new
trap 'rm -f "$new" "$new.gz" "$new.br"' EXIT
sed "s|<base href=\"[^\"]*\">|<base href=\"$base\">|" "$page" > "$new"
chmod 644 "$new"
gzip -9 -n -c "$new" > "$new.gz"
if command -v brotli > /dev/null; then
    brotli -q 11 -c "$new" > "$new.br"
else
    # Small as it is, the page is then sent in gzip. What must not happen is that the old one is.
    rm -f "$page.br"
    echo "set-base.sh: the program brotli is not there, so index.html.br is left out"
fi
mv -f "$new" "$page"
mv -f "$new.gz" "$page.gz"
[ ! -f "$new.br" ] || mv -f "$new.br" "$page.br"
echo "set-base.sh: $page is for $base"
