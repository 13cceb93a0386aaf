#!/bin/sh
# Writes a template with the values of one or more settings files in place of its ${LOREDESK_…}, to standard output:
#   render.sh SETTINGS.env… FILE.template
# Settings files are lines of NAME=VALUE as they stand, without quotes around the value; nothing in them is run.
set -eu

if [ $# -lt 2 ]; then
    echo "usage: render.sh SETTINGS.env... FILE.template" >&2
    exit 2
fi

exec awk '
    function fail(text) { print "render.sh: " text > "/dev/stderr"; failed = 1; exit 1 }
    FNR == 1 { file++ }
    # The settings: every file but the last.
    file < ARGC - 1 {
        sub(/\r$/, "")
        if ($0 ~ /^[ \t]*(#|$)/) next
        at = index($0, "=")
        name = substr($0, 1, at - 1)
        if (at == 0 || name !~ /^LOREDESK_[A-Z_]+$/) fail(FILENAME ", line " FNR ": this is no LOREDESK_NAME=VALUE")
        value = substr($0, at + 1)
        # A quote, a brace, a semicolon or a line end would be more than a value in the file of a server.
        if (value ~ /["\047{};`$\\]/) fail(FILENAME ", line " FNR ": the value of " name " holds a character that it cannot have")
        values[name] = value
        next
    }
    FNR == 1 {
        base = values["LOREDESK_BASE"]
        if (base !~ /^\/([A-Za-z0-9_-]+\/)*$/) fail("LOREDESK_BASE is a path with a slash at both ends, such as /kb/, and not \"" base "\"")
        bare = base; sub(/\/$/, "", bare)
        values["LOREDESK_BASE_BARE"] = bare
        # Lists that may be empty, with a blank in front where they are not.
        values["LOREDESK_PORTALS_PART"] = values["LOREDESK_PORTALS"] == "" ? "" : " " values["LOREDESK_PORTALS"]
        values["LOREDESK_FILES_PART"] = values["LOREDESK_FILES"] == "" ? "" : " " values["LOREDESK_FILES"]
    }
    {
        rest = $0; line = ""
        while (match(rest, /\$\{LOREDESK_[A-Z_]+\}/)) {
            name = substr(rest, RSTART + 2, RLENGTH - 3)
            if (!(name in values)) fail(FILENAME ", line " FNR ": no settings file gives " name)
            line = line substr(rest, 1, RSTART - 1) values[name]
            rest = substr(rest, RSTART + RLENGTH)
        }
        print line rest
    }
' "$@"
