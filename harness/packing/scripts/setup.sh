#!/usr/bin/env bash
# Installs the judge; run once, when the autograder's image is built.
set -euo pipefail

source_folder=$(cd "$(dirname "$0")" && pwd)
base=${AUTOGRADER:-/autograder}
. "$source_folder/settings"

usable() {
  command -v "$1" >/dev/null &&
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if usable "$name"; then
      echo "$name"
      return
    fi
  done
}

python=$(find_python)
if [ -z "$python" ]; then
  apt-get update
  for name in python3.13 python3.12 python3.11; do
    if apt-get install -y --no-install-recommends "$name" "$name-venv"; then break; fi
  done
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "jaxjudge needs Python 3.11 or newer with venv: choose a newer base image" >&2
  exit 1
fi

"$python" -m venv "$base/judge"
"$base/judge/bin/python" -m pip install --quiet --constraint "$source_folder/constraints.txt" \
  "$source_folder/$wheel"

# What it computes about the problem is kept, and the first learner need not wait for it.
export JAXJUDGE_CACHE="$base/cache"
code=0
"$base/judge/bin/jaxjudge" submit "$source_folder/warmup.py" --problem "$problem" \
  --require-isolation none || code=$?
if [ "$code" -gt 1 ]; then
  exit "$code"
fi
