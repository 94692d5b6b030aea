#!/bin/sh
# restore.sh COPY REGISTER: the register and its desk, in a new folder, as backup.sh kept them.
set -eu
umask 077
bundle=$(realpath "$1/register.bundle")
if [ -e "$2" ]; then
  echo "$2 is there already: name a new folder" >&2
  exit 2
fi
git init --quiet "$2"
tar -C "$2/.git" -xf "$1/desk.tar"
git -C "$2" fetch --quiet --update-head-ok "$bundle" '+refs/*:refs/*'
git -C "$2" reset --quiet --hard
git -C "$2" fsck --no-dangling
