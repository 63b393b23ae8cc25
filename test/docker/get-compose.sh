#!/usr/bin/env bash
# Compose v2 and BuildKit's client for a Debian whose own are older: the packages of the next release, unpacked beside
# the other caches and installed nowhere. What uses them: test/support/compose-v2.ts
set -euo pipefail

target="${XDG_CACHE_HOME:-$HOME/.cache}/hearth-compose"
[[ -x $target/cli-plugins/docker-compose && -x $target/cli-plugins/docker-buildx ]] && exit

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p lists/partial archives/partial unpacked
# From where this machine has its other packages.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | sed --quiet "/security/d;p;" | sed --quiet 1p)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >sources.list
apt=(apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/none -o Dir::State::Lists="$work/lists"
  -o Dir::Cache="$work" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root)
"${apt[@]}" update
"${apt[@]}" download docker-compose docker-buildx
for package in *.deb; do dpkg-deb --extract "$package" unpacked; done
mkdir -p "$target"
rm -rf "$target/cli-plugins"
mv unpacked/usr/libexec/docker/cli-plugins "$target/cli-plugins"
