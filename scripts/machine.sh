# What hilbench asks of the machine that it runs on: a locale, folders, limits, a JDK. Sourced by the launcher
# and by the scripts beside it, which set `program` (who speaks) and `root` (the checkout) before.
# shellcheck shell=bash

unset CDPATH
export PATH # bash's own where there was none, as under env -i: what is started looks there too

say() { printf '%s: %s\n' "$program" "$*" >&2; }
refuse() { # one line, and an end: 3 is "something on this machine"
  say "$*"
  exit 3
}
have() { command -v "$1" >/dev/null 2>&1; }
# at_least FOUND WANTED: compares dotted versions
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# --- Names of files -------------------------------------------------------------------------------------------

ascii() {
  local LC_ALL=C
  case $1 in *[!\ -~]*) return 1 ;; esac
}
utf8() { ascii "$1" || printf %s "$1" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1; }

# Java opens only the file names that its locale can write, so the locale has to be one of UTF-8.
use_utf8() {
  [ "$(locale charmap 2>/dev/null)" = UTF-8 ] && return
  local name
  for name in C.UTF-8 C.utf8 en_US.UTF-8; do
    if [ "$(LC_ALL=$name locale charmap 2>/dev/null)" = UTF-8 ]; then
      export LC_ALL=$name
      return
    fi
  done
  ascii "$PWD$root${HILBENCH_CACHE:-}${HOME:-}$*" \
    || refuse "a path has letters beyond ASCII, which need a locale of UTF-8, and this machine has none: install C.UTF-8 (libc-bin)"
}

# require_names ARGUMENT...: what this program cannot open is said here, not by what would fail on it later
require_names() {
  local name
  for name in "$PWD" "$root" "$@"; do
    utf8 "$name" || {
      say "$(printf %q "$name") is not valid UTF-8: rename it"
      exit 2
    }
  done
  require_plain "the checkout" "$root" "move it"
}
# What a class path, CMake and Ninja cannot hold; everything else may be in a name.
require_plain() { # WHAT PATH WHAT-TO-DO
  case $2 in
    *[:\;\"\\\[\]\|\*\?\!$'\n']*)
      refuse "$1 lies in $(printf %q "$2"), and the build tools take no name with : ; \" \\ [ ] | * ? ! or a line's end in it: $3" ;;
  esac
}

# --- Folders --------------------------------------------------------------------------------------------------

usable() { [ -d "$1" ] && [ -w "$1" ] && [ -x "$1" ]; }
makeable() { # is there, or could be made
  local folder=$1
  while [ ! -e "$folder" ] && [ "$folder" != / ]; do folder=$(dirname -- "$folder"); done
  usable "$folder"
}
passwd_home() { getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6; }

# A folder of this user's alone, for those who have no home.
own_folder() {
  local folder
  folder=/var/tmp/hilbench-$(id -u)
  mkdir -m 700 "$folder" 2>/dev/null \
    && say "$1; using $folder (HOME or HILBENCH_CACHE choose another)"
  [ ! -L "$folder" ] && [ -d "$folder" ] && [ -O "$folder" ] && [ "$(stat -c %a "$folder")" = 700 ] && usable "$folder" \
    || refuse "$1, and $folder is no folder of this user's alone; set HOME or HILBENCH_CACHE to a folder that can be written"
  echo "$folder"
}
# Who has no HOME, or none that can be written, gets a folder that can.
use_home() {
  local home=${HOME:-$(passwd_home)}
  usable "$home" || home=$(own_folder "${home:-no home folder} cannot be written") || exit 3
  export HOME=$home
}
# Sets HILBENCH_CACHE, which everything that is started reads.
use_cache() {
  local cache=${HILBENCH_CACHE:-}
  if [ -n "$cache" ]; then
    case $cache in /*) ;; *) cache=$PWD/$cache ;; esac
  else
    case ${XDG_CACHE_HOME:-} in /*) cache=$XDG_CACHE_HOME/hilbench ;; *) cache=$HOME/.cache/hilbench ;; esac
  fi
  require_plain "the cache folder" "$cache" "set HILBENCH_CACHE to another"
  utf8 "$cache" || refuse "the cache folder $(printf %q "$cache") is not valid UTF-8; set HILBENCH_CACHE to another"
  makeable "$cache" && mkdir -p -- "$cache" 2>/dev/null && usable "$cache" \
    || refuse "cannot write to the cache folder $cache; set HILBENCH_CACHE to a folder that can be written"
  export HILBENCH_CACHE=$cache
}
# What only setting up asks: room, and leave to run what lies there.
require_room() {
  local wanted_mib=300 free probe
  free=$(($(df -Pk -- "$HILBENCH_CACHE" | awk 'NR == 2 { print $4 }') / 1024))
  [ "$free" -ge $wanted_mib ] \
    || refuse "the cache folder $HILBENCH_CACHE has $free MiB free, $wanted_mib are needed: make room there, or set HILBENCH_CACHE to another"
  probe=$(mktemp -- "$HILBENCH_CACHE/.probe.XXXXXX") && printf '#!/bin/sh\n' >"$probe" \
    || refuse "cannot write to the cache folder $HILBENCH_CACHE; set HILBENCH_CACHE to a folder that can be written"
  chmod +x "$probe"
  "$probe" 2>/dev/null || {
    rm -f -- "$probe"
    refuse "nothing can be run in the cache folder $HILBENCH_CACHE (mounted noexec?); set HILBENCH_CACHE to another"
  }
  rm -f -- "$probe"
}
use_tmpdir() { # of a folder that is not there, or cannot be written, nobody has anything
  [ -z "${TMPDIR:-}" ] || usable "$TMPDIR" || unset TMPDIR
}

# --- Limits ---------------------------------------------------------------------------------------------------

# require_limit FLAG OF-WHAT UNIT WANTED: the hard limit; a soft one is raised
require_limit() {
  local flag=$1 what=$2 unit=$3 wanted=$4 hard soft
  hard=$(ulimit -H"$flag") soft=$(ulimit -S"$flag")
  [ "$soft" = unlimited ] || [ "$soft" -ge "$wanted" ] && return
  [ "$hard" = unlimited ] || [ "$hard" -ge "$wanted" ] \
    || refuse "this session is limited to $hard $unit of $what (ulimit -$flag), $wanted are needed: raise that limit"
  ulimit -S"$flag" "$wanted"
}
require_limits() {
  require_limit n "open files" "descriptors" 256
  require_limit v "address space" "KiB" 6291456
  require_limit f "file size" "blocks of 1 KiB" 1048576
}

# --- Java -----------------------------------------------------------------------------------------------------

# home_of JAVA: a link leads there; a version manager's script has to be asked
home_of() {
  local home
  home=$(dirname -- "$(dirname -- "$(readlink -f -- "$1")")")
  [ -n "$(feature "$home")" ] || home=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
  echo "$home"
}
# The Java homes to look at: the one that was named, the one on the PATH, those that the system has.
java_homes() {
  local java
  [ -n "${JAVA_HOME:-}" ] && echo "$JAVA_HOME"
  java=$(command -v java) && home_of "$java"
  ls -d /usr/lib/jvm/*/ 2>/dev/null | sed 's|/$||'
}
# feature HOME: its release, of one that is whole; the file says it without a start
feature() {
  [ -x "$1/bin/java" ] && [ -e "$1/lib/server/libjvm.so" ] && [ -e "$1/lib/modules" ] || return
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}
# find_java [PROGRAM]: the first Java home of 17 or later that has it, PROGRAM being java or javac
find_java() {
  local home found
  while read -r home; do
    found=$(feature "$home")
    if [ "${found:-0}" -ge 17 ] && [ -x "$home/bin/${1:-java}" ]; then
      echo "$home"
      return
    fi
  done < <(java_homes)
  return 1
}

# Maven asks Java for the home folder, and Java the passwd file, which may know of none.
maven() {
  local home=()
  usable "$(passwd_home)" || home=("-Dmaven.repo.local=$HOME/.m2/repository")
  JAVA_HOME=$(find_java javac) mvn -B -ntp ${home[@]+"${home[@]}"} "$@"
}

# --- Steps that last ------------------------------------------------------------------------------------------

running=
# Ended by a signal: so is what runs, with all that it started, and the exit code tells which.
ended_by() {
  trap '' HUP INT TERM
  if [ -n "$running" ]; then
    kill -TERM -- "-$running" 2>/dev/null
    wait "$running" 2>/dev/null
    echo >&2
  fi
  say "stopped by SIG$1"
  exit "$2"
}
trap 'ended_by HUP 129' HUP
trap 'ended_by INT 130' INT
trap 'ended_by TERM 143' TERM

# open_log NAME: what the steps' programs say is kept here
open_log() {
  log=$HILBENCH_CACHE/logs/$1.log
  mkdir -p -- "$HILBENCH_CACHE/logs" && : >"$log" || refuse "cannot write to the log file $log"
}
# step TEXT COMMAND...: one line with its time. What the command says goes into the log, and is shown if it fails.
step() {
  local text=$1 begin=$SECONDS from ticker= code
  shift
  from=$(($(wc -c <"$log") + 1))
  printf '%s: %s ... ' "$program" "$text" >&2
  set -m # a process group of its own, so that all of it can be ended
  "$@" >>"$log" 2>&1 </dev/null &
  running=$!
  set +m
  if [ -t 2 ]; then
    while sleep 1; do printf '\r\033[K%s: %s ... %d s ' "$program" "$text" $((SECONDS - begin)) >&2; done &
    ticker=$!
  fi
  wait "$running"
  code=$?
  running=
  [ -n "$ticker" ] && { kill "$ticker" && wait "$ticker"; } 2>/dev/null
  [ -t 2 ] && printf '\r\033[K%s: %s ... ' "$program" "$text" >&2
  if [ $code -eq 0 ]; then
    echo "done in $((SECONDS - begin)) s" >&2
  else
    echo "failed after $((SECONDS - begin)) s; it said (also in $log):" >&2
    tail -c "+$from" -- "$log" >&2
  fi
  return $code
}
