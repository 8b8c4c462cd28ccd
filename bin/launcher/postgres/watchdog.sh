#!/bin/sh
# Ends the database of a supervisor that was killed and could not do it itself. A line on standard
# input is its farewell; the end of input without one is its death. A shell, because it weighs
# nothing beside the database it guards.
#
# watchdog.sh <pid of the database> <its data> <file that names the owner> <pid of the owner> <seconds>

database=$1 data=$2 ownerfile=$3 owner=$4 patience=$5

read -r farewell && exit 0

# The web server and the worker notice the death too, and finish what they hold.
sleep "$patience"

# A new supervisor may have adopted the database meanwhile.
[ "$(cat "$ownerfile" 2>/dev/null)" = "$owner" ] || exit 0

runs() { grep -qsF -- "$data" "/proc/$database/cmdline"; }

runs && kill -INT "$database" 2>/dev/null
for second in 1 2 3 4 5; do
  runs || exit 0
  sleep 1
done
runs && kill -QUIT "$database" 2>/dev/null
exit 0
