# shellcheck shell=bash
# Shared by ./run and ./test: makes the virtual environment .venv of this checkout. Source it with $root set.
# Every message is for the office, hence Vietnamese.

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 3; }

# The first Python that is new enough; the name is left in $python.
find_python() {
  local name names=(python3 python3.13 python3.12 python3.11)
  [ -z "${PYTHON-}" ] || names=("$PYTHON")
  for name in "${names[@]}"; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$name
      return
    fi
  done
  die "Cần Python 3.11 trở lên, nhưng máy này không có. Trên Debian 12 hãy chạy:" \
    $'\n    sudo apt install python3 python3-venv'
}

# What the environment depends on beside the lock: a moved checkout or a new Python needs a new one.
venv_key() {
  printf '%s %s' "$root" "$("$python" -c 'import sys; print(sys.version, sys.base_prefix)')" |
    sha256sum | cut -d' ' -f1
}

lock_key() { cat -- "$root/$1" "$root/pyproject.toml" | sha256sum | cut -d' ' -f1; }

stamp_is() { [ -f "$root/.venv/$1" ] && [ "$(<"$root/.venv/$1")" = "$2" ]; }

make_venv() {
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    die "Thiếu gói python3-venv. Trên Debian hãy chạy:"$'\n    sudo apt install python3-venv'
  say "Tạo môi trường Python trong .venv ..."
  "$python" -m venv --clear -- "$root/.venv" || die "Không tạo được thư mục $root/.venv."
}

# install LOCK STAMP: everything in the lock, by hash and as wheels only, so nothing is compiled; then docgen itself.
install() {
  local pip=("$root/.venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet)
  say "Cài các gói trong $1 (một lần, cần mạng) ..."
  # The lock is complete, so nothing is left to resolve (--no-deps): pip before 26 refuses a pinned package that another
  # one wants with an extra (coverage, coverage[toml]) as soon as a newer release of it is out. `pip check` holds it.
  "${pip[@]}" install --require-hashes --only-binary :all: --no-deps -r "$root/$1" ||
    die "Không cài được các gói trong $1. Hãy kiểm tra mạng rồi chạy lại; phần đã tải được giữ."
  "${pip[@]}" check >/dev/null || die "Tệp $1 thiếu gói: $("$root/.venv/bin/python" -m pip check)"
  "${pip[@]}" install --no-index --no-deps --no-build-isolation --editable "$root" ||
    die "Không cài được docgen vào .venv. Hãy xóa thư mục .venv rồi chạy lại."
}

# ready_venv LOCK STAMP: leaves .venv as the lock says. Quick when nothing has changed. One at a time.
ready_venv() {
  local lock=$1 stamp=$2 want
  want="$(lock_key "$lock")"
  exec 9<"$root"
  flock 9
  if ! stamp_is docgen-venv "$(venv_key)" || ! "$root/.venv/bin/python" -c 'import pip' 2>/dev/null; then
    make_venv
    venv_key >"$root/.venv/docgen-venv"
  fi
  if ! stamp_is "$stamp" "$want" || [ ! -x "$root/.venv/bin/docgen" ]; then
    # Written last: an interrupted installation has no stamp and is done again.
    rm -f -- "$root/.venv/docgen-lock" "$root/.venv/docgen-lock-dev"
    install "$lock"
    # The development lock holds every pin of the other one (tools/check_locks.py).
    lock_key requirements.txt >"$root/.venv/docgen-lock"
    [ "$stamp" = docgen-lock ] || printf '%s\n' "$want" >"$root/.venv/$stamp"
  fi
  exec 9<&-
}
