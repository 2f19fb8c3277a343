#!/bin/sh
# Makes what compose.yaml reads from secrets/: a password for each login of the database, their addresses, the SQL that makes the logins,
# and the signing key. It replaces nothing. Run it as root: the files belong to the user 1000 of the image, and only it reads them.
set -eu
umask 077
if [ -e secrets ]; then
  echo "secrets/ is there already" >&2
  exit 1
fi
mkdir -p secrets trust
password() { openssl rand -hex 32; }
address() { printf 'postgres://%s:%s@database/onrecord\n' "$1" "$2"; }
owner=$(password) service=$(password) reader=$(password)
password > secrets/superuser.password
address onrecord_owner "$owner" > secrets/owner.url
address onrecord_service "$service" > secrets/desk.url
address onrecord_reader "$reader" > secrets/public.url
cat > secrets/logins.sql << SQL
create role onrecord_owner login createrole password '$owner';
create role onrecord_service login password '$service';
create role onrecord_reader login password '$reader';
create database onrecord owner onrecord_owner;
revoke connect, temporary on database onrecord from public;
grant connect on database onrecord to onrecord_service, onrecord_reader;
SQL
openssl genpkey -algorithm ed25519 -out secrets/signing-key.pem
chmod 755 trust
chown -R 1000 secrets
