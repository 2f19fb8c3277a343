#!/usr/bin/env bash
# Was this file published by the agency, and logged?  bash, openssl 3.0 or later, coreutils; curl only for --latest.
#   onrecord-verify.sh --root VKEY --trust trust.note FILE FILE.tlog-proof [--latest https://SITE]
# VKEY is the agency's root key (name+id+key), from a source that is not the site. Nothing is sent anywhere; --latest reads the log
# of SITE. Exit code: 0 proved, 1 not proved, 2 wrong usage. Formats: c2sp.org signed-note and tlog-*, RFC 8032, RFC 6962.
set -u -o pipefail; export LC_ALL=C
refuse() { echo "NOT PROVED: $*" >&2; exit 1; }
[ $# -eq 6 ] || { [ $# -eq 8 ] && [ "$7" = --latest ]; } && [ "$1 $3" = "--root --trust" ] && [ -r "$4" ] && [ -r "$5" ] && [ -r "$6" ] ||
  { echo "usage: onrecord-verify.sh --root VKEY --trust trust.note FILE FILE.tlog-proof [--latest https://SITE]" >&2; exit 2; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT && cp -- "$4" "$tmp/trust" && cp -- "$5" "$tmp/file" && cp -- "$6" "$tmp/proof" && cd "$tmp" &&
  mkdir parts && : > entries || refuse "no place to work in"
nl=$'\n' base64='[A-Za-z0-9+/=]+' number='(0|[1-9][0-9]{0,14})' root_key=$2 site=${8:-}
signature_form=$'^\xe2\x80\x94 ([^ +]+) '"($base64)\$" checkpoint_form="^([^$nl]+)$nl$number$nl($base64)$nl\$"
proof_form="^c2sp\.org/tlog-proof@v1${nl}extra ($base64)${nl}index $number(($nl$base64){0,63})$nl$nl(.*)\$"
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { tr -d '\n' | tr a-f A-F | basenc -d --base16; }
sha256() { sha256sum | cut -c1-64; }
decode64() { printf %s "$1" | base64 -d > "$2" 2> errors && [ "$(base64 -w 0 "$2")" = "$1" ] || refuse "malformed base64"; }
read_text() { # FILE: sets $text, every byte of it; refuses control characters other than newlines
  [ "$(tr -d '\n\040-\377' < "$1" | wc -c)" -eq 0 ] || refuse "the $1 is no text"
  text=$(cat "$1"; printf .); text=${text%.}; }
split_note() { # NOTE: its text into the file note, its signature lines into $lines
  [[ $1 = *"$nl$nl"*"$nl" ]] && printf '%s\n' "${1%"$nl$nl"*}" > note || refuse "malformed note"
  mapfile -t lines < <(printf %s "${1##*"$nl$nl"}"); ((${#lines[@]} >= 1 && ${#lines[@]} <= 100)) || refuse "malformed note"
  for line in "${lines[@]}"; do [[ $line =~ $signature_form ]] || refuse "malformed signature line"; done; }
open_key() { # VKEY TYPE: sets $key_name and $key_id, writes the public key for openssl
  [[ $1 =~ ^([^ +]+)\+([0-9a-f]{8})\+($base64)$ ]] || refuse "malformed key"
  key_name=${BASH_REMATCH[1]} key_id=${BASH_REMATCH[2]}; decode64 "${BASH_REMATCH[3]}" raw
  [[ $(hex < raw) =~ ^0$2.{64}$ && $({ echo "$key_name"; cat raw; } | sha256) = "$key_id"* ]] || refuse "malformed key"
  { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; tail -c 32 raw; } > key; }
signed_by() { # VKEY TYPE (1: note, 4: witness): chosen by name AND key id; one wrong signature of this key spoils the note
  local line found=1; open_key "$1" "$2"
  for line in "${lines[@]}"; do
    [[ $line =~ $signature_form && ${BASH_REMATCH[1]} = "$key_name" ]] || continue
    decode64 "${BASH_REMATCH[2]}" signed; [ "$(head -c 4 signed | hex)" = "$key_id" ] || continue
    [ "$(wc -c < signed)" -eq $(($2 == 4 ? 76 : 68)) ] || refuse "a wrong signature of $key_name"
    { [ "$2" -ne 4 ] || printf 'cosignature/v1\ntime %s\n' $((16#$(head -c 12 signed | tail -c 8 | hex))); cat note; } > message
    tail -c 64 signed > signature
    openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature > errors 2>&1 || refuse "a wrong signature of $key_name"
    found=0
  done; return $found; }
open_trust() { # NOTE: sets $keys ("vkey last-size", - for a current one), $witnesses, $quorum
  split_note "$1"; signed_by "$root_key" 1 || refuse "the trust note is not signed by this root key"
  keys=() witnesses=() quorum=none issued=
  while read -r -a words; do case "${words[*]}" in
    "#onrecord root $root_key" | "quorum witnesses") ;; "#onrecord issued "*) issued=${words[2]} ;;
    "#onrecord retired "*) keys+=("${words[2]} ${words[3]}") ;;
    "log "*) keys+=("${words[1]} -") ;;
    "witness "*) witnesses+=("${words[2]}") ;;
    "group witnesses "*) quorum=${words[2]} ;;
    "quorum none") quorum=0 ;;
    *) refuse "malformed trust note" ;;
  esac; done < note; [[ $quorum =~ ^$number$ ]] || refuse "malformed trust note"; }
open_checkpoint() { # NOTE: sets $origin $size $root (hex): signed by a key of the log, a retired one up to its last size, and the quorum
  local key last is_signed=no count=0; split_note "$1"; read_text note; [[ $text =~ $checkpoint_form ]] || refuse "malformed checkpoint"
  origin=${BASH_REMATCH[1]} size=${BASH_REMATCH[2]}; decode64 "${BASH_REMATCH[3]}" root; root=$(hex < root)
  for key in "${keys[@]}"; do last=${key#* }
    signed_by "${key% *}" 1 && [ "$key_name" = "$origin" ] && { [ "$last" = - ] || [ "$size" -le "$last" ]; } && is_signed=yes
  done; [ $is_signed = yes ] || refuse "the checkpoint is not signed by a key of the log"
  for key in ${witnesses[@]+"${witnesses[@]}"}; do signed_by "$key" 4 && ((count++)); done
  [ "$count" -ge "$quorum" ] || refuse "$count witnesses have signed, $quorum are needed"; }
check_path() { # INDEX LAST PATH: from the leaf in $hash to $root (RFC 9162 §2.1.3.2)
  local at=$1 last=$2 node; [ "$at" -le "$last" ] || refuse "the entry is not in the signed log"
  for node in $3; do
    decode64 "$node" sibling; node=$(hex < sibling); [ "${#node}" -eq 64 ] && [ "$last" -gt 0 ] || refuse "malformed path"
    if ((at % 2 || at == last)); then node=$node$hash; while ((at && at % 2 == 0)); do ((at /= 2, last /= 2)); done; else node=$hash$node; fi
    hash=$({ printf '\x01'; printf %s "$node" | unhex; } | sha256); ((at /= 2, last /= 2))
  done; [ "$last" -eq 0 ] && [ "$hash" = "$root" ] || refuse "the entry is not in the signed log"; }
hash_parts() { (cd parts && sha256sum ./* && rm -f ./*) | cut -c1-64 | unhex; } # the hashes of all files in parts/, in order
tree_root() { # COUNT: root (hex) over the first COUNT hashes in the file leaves; pairs level by level, a last odd one moves up
  local at part; head -c $((32 * $1)) leaves > level
  while [ "$(wc -c < level)" -gt 32 ]; do at=100000000
    while IFS= read -r part; do [ "${#part}" -lt 192 ] || printf "\\x01${part// /\\x}" > "parts/$at"; ((at++)); done < <(od -An -v -tx1 -w64 level)
    { hash_parts; tail -c $(($(wc -c < level) % 64)) level; } > next; mv next level
  done; hex < level; }
read_log() { # PREFIX SIZE ROOT: puts its entries, a line each, before those in the file entries, and their hashes into the file leaves
  local tile path at bytes length=0 entry; : > leaves; : > log
  for ((tile = 0; tile * 256 < $2; tile++)); do
    path=$(printf %03d $((tile % 1000))); for ((at = tile / 1000; at > 0; at /= 1000)); do path=$(printf x%03d $((at % 1000)))/$path; done
    [ $(($2 - 256 * tile)) -ge 256 ] || path=$path.p/$(($2 - 256 * tile))
    curl -fsS --max-time 30 -o tile "$site$1tile/entries/$path" || refuse "$site$1tile/entries/$path cannot be read"
    bytes=$(od -An -v -tx1 tile | tr -d '\n')
    for ((at = 0; at < ${#bytes}; at += 6 + 3 * length)); do length=$((16#${bytes:at + 1:2}${bytes:at + 4:2})) entry=${bytes:at + 6:3 * length}
      entry=${entry// /\\x}; printf "\\x00$entry" > "parts/$((100000000 + at))"; printf "$entry\n" >> log
    done; hash_parts >> leaves
  done; [ "$(wc -c < leaves)" -eq $((32 * $2)) ] && [ "$(tree_root "$2")" = "$3" ] || refuse "the entries are not what the checkpoint signs"
  cat log entries > next; mv next entries; }
standing() { # REFERENCE VERSION NAME: what the file entries says today of the version, or of a state of the register
  local line event newest=$2 withdrawn='' recheck='' disowned='' redacted=''
  if [[ $3 =~ ^(/register|/imported/[^/]+/[^/]+)/([0-9]+)\. ]]; then line=original newest=$(grep -ao "\"name\":\"${BASH_REMATCH[1]//./\\.}/[0-9]*\.json\"" entries | tail -n 1) newest=${newest##*/} newest=${newest%%.*}
    [ -z "$1" ] || line="state of the register"; [ "$newest" = "${BASH_REMATCH[2]}" ] && echo "  the newest $line" || echo "  an older $line: $newest is the newest"; return; fi
  while IFS= read -r line; do
    [[ $line = *"\"statement\":\"$1\""* && $line =~ ^\{\"at\":\"[^\"]*\",\"event\":\"([a-z-]+)\" ]] || continue; event=${BASH_REMATCH[1]}
    [[ $line =~ ,\"version\":([0-9]+)\}$ ]] && { newest=${BASH_REMATCH[1]} withdrawn=''; }
    case $event in correction | withdrawal | recheck-ended) recheck='' ;; recheck) recheck="UNDER RECHECK" ;; esac
    case $event in correction | withdrawal) disowned='' ;; disowned) disowned="DISOWNED by the second reader" ;; esac
    [ "$event" != withdrawal ] || withdrawn="WITHDRAWN: the statement no longer stands"
    [[ $event != redacted || $line != *",\"version\":$2},\"statement\":"* ]] || redacted="REDACTED: the text was removed"
  done < entries; [ "$newest" -le "$2" ] || echo "  superseded by version $newest"
  [ -n "$withdrawn$recheck$disowned$redacted" ] || [ "$newest" -gt "$2" ] || echo "  the newest version, no notice against it"
  for line in "$withdrawn" "$recheck" "$disowned" "$redacted"; do [ -z "$line" ] || echo "  $line"; done; }
main() {
  local index path name reference='' version proved_origin proved_size proved_root newest told=''
  read_text trust; open_trust "$text"; read_text proof; [[ $text =~ $proof_form ]] || refuse "malformed proof"
  index=${BASH_REMATCH[2]} path=${BASH_REMATCH[3]} text=${BASH_REMATCH[5]}; decode64 "${BASH_REMATCH[1]}" entry; open_checkpoint "$text"
  hash=$({ printf '\x00'; cat entry; } | sha256); check_path "$index" $((size - 1)) "$path"; read_text entry
  [[ $text =~ \{\"bytes\":$(wc -c < file),\"name\":\"([^\"]*)\",\"sha256\":\"$(sha256 < file)\", ]] || refuse "the file is not the one of this proof"
  name=${BASH_REMATCH[1]} proved_origin=$origin proved_size=$size proved_root=$root; if [[ $text =~ ^\{\"at\":\"([^\"]*)\",\"event\":\"imported\", ]]; then
    version=0 told="PROVED: brought along by this agency and logged; what it says is what its publisher claims.$nl  $name, of ${BASH_REMATCH[1]}"; else [[ $text =~ ^\{\"at\":\"([^\"]*)\",\"event\":\"([a-z]+)\".*\"statement\":\"([^\"]*)\",.*,\"version\":([0-9]+)\}$ ]] || refuse "malformed entry"
    reference=${BASH_REMATCH[3]} version=${BASH_REMATCH[4]}; [[ $name != /register/* ]] || told=", a state of the register"; told="PROVED: published by this agency and logged.$nl  $name$told: statement $reference, version $version (${BASH_REMATCH[2]}) of ${BASH_REMATCH[1]}"; fi
  told="$told$nl  log $origin, entry $index, in the tree of $size; by the trust note of $issued"
  [ -n "$site" ] || { echo "$told${nl}Not checked: whether it is still current. --latest SITE reads the whole log."; return; }
  curl -fsS --max-time 30 -o checkpoint "$site/log/checkpoint" || refuse "$site/log/checkpoint cannot be read"
  read_text checkpoint; open_checkpoint "$text"; newest=$size path=${origin#"${root_key%%/root+*}"}; read_log "/log$path/" "$size" "$root" # /log/, then /log/2/ and so on
  while [ "$origin" != "$proved_origin" ]; do # a log that a restore closed: the first entry of the next one says where it ended
    read -r text < entries; [[ $text =~ \"closed\":\{\"origin\":\"([^\"]*)\",\"root\":\"([0-9a-f]{64})\",\"size\":$number\} ]] || refuse "another log"
    origin=${BASH_REMATCH[1]} path=${origin#"${root_key%%/root+*}"}; read_log "/log$path/" "${BASH_REMATCH[3]}" "${BASH_REMATCH[2]}"; done
  [ $((32 * proved_size)) -le "$(wc -c < leaves)" ] && [ "$(tree_root "$proved_size")" = "$proved_root" ] || refuse "a fork, or the site is behind"
  echo "$told${nl}  by the newest checkpoint of $newest entries:"; standing "$reference" "$version" "$name"; }
main
