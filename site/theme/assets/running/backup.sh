#!/bin/sh
# backup.sh REGISTER FOLDER: a copy of all that a desk must not lose, in a new folder of FOLDER.
# The desk may go on meanwhile. The copy holds private keys and contacts: nobody else may read it.
set -eu
umask 077
register=$1
name=$(date -u +%Y-%m-%dT%H%M%SZ)
copy=$2/.$name
mkdir -p "$copy"
own=$(git -C "$register" rev-parse --path-format=absolute --git-common-dir)
# Keys and mails first: what the log says after them is mailed once more, and nothing is forgotten.
# 1: a mail was sent while it was copied
tar -C "$own" -cf "$copy/desk.tar" HEAD config docket || [ $? -eq 1 ]
git -C "$register" bundle create --quiet "$copy/register.bundle" --all
git -C "$register" bundle verify --quiet "$copy/register.bundle"
mv "$copy" "$2/$name"
echo "$2/$name"
