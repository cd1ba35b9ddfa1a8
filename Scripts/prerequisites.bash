# shellcheck shell=bash
# The needs of dropscope besides Swift itself. `Scripts/run` and `Scripts/test` source this file and
# call `require`, which installs what is missing and does nothing otherwise.

say() { printf '%s\n' "$*" >&2; }

# Whether the system has the thing of that name. A library is there if the C compiler that comes
# with Swift finds its header, or, for cross-compiling, if it is where Debian puts it. Anything else
# is a command.
present() {
  case $1 in
    ncurses) has_header curses.h ;;
    zlib) has_header zlib.h ;;
    ncurses-archives) archive libncursesw.a >/dev/null && archive libtinfo.a >/dev/null ;;
    zlib-archive) archive libz.a >/dev/null ;;
    venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null ;;
    arm64-libc) [ -e /usr/aarch64-linux-gnu/lib/libc.so ] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

has_header() { clang -E -x c -include "$1" /dev/null >/dev/null 2>&1; }

# The path of a library for static linking, where the C compiler that comes with Swift finds one.
archive() {
  local path
  path=$(clang -print-file-name="$1") && [ -e "$path" ] && echo "$path"
}

# A package manager's name of the thing: package_name MANAGER NAME.
package_name() {
  case $1:$2 in
    apt-get:ncurses) echo libncurses-dev ;;
    apt-get:zlib) echo zlib1g-dev ;;
    apt-get:ncurses-archives) echo libncurses-dev ;;
    apt-get:zlib-archive) echo zlib1g-dev ;;
    apt-get:strip | apt-get:objdump | dnf:strip | dnf:objdump) echo binutils ;;
    apt-get:venv) echo python3-venv ;;
    apt-get:man) echo man-db ;;
    apt-get:qemu-aarch64) echo qemu-user ;;
    apt-get:arm64-libc) echo libc6-dev-arm64-cross ;;
    dnf:ncurses) echo ncurses-devel ;;
    dnf:zlib) echo zlib-devel ;;
    dnf:ncurses-archives) echo ncurses-static ;;
    dnf:zlib-archive) echo zlib-static ;;
    dnf:venv) echo python3 ;;
    dnf:man) echo man-db ;;
    *) echo "$2" ;;
  esac
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# It must not read the standard input, which belongs to the program, or write to the standard
# output, which may be a pipe.
install_packages() {
  local manager=$1
  shift
  case $manager in
    apt-get)
      as_root apt-get update || say "Going on with the package lists at hand."
      as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends "$@"
      ;;
    dnf) as_root dnf install --assumeyes "$@" ;;
    brew) brew install "$@" ;;
  esac </dev/null >&2
}

# Installs every missing NAME: require NAME...
require() {
  local name candidate manager='' missing=() packages=()
  if ! command -v swift >/dev/null; then
    say "dropscope needs Swift 6.2 or later, and there is no swift on the PATH."
    say "Get it from https://www.swift.org/install and run this again."
    exit 1
  fi
  # The compiler is in the same folder as swift, even if only swift itself is on the PATH.
  PATH=$PATH:$(dirname "$(readlink -f "$(command -v swift)")")

  for name in "$@"; do
    present "$name" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  for candidate in apt-get dnf brew; do
    if command -v "$candidate" >/dev/null; then
      manager=$candidate
      break
    fi
  done
  if [ -z "$manager" ]; then
    say "Missing: ${missing[*]}. Found none of apt-get, dnf and brew to install them with."
    say "Please install them (the libraries with their headers) and run this again."
    exit 1
  fi

  for name in "${missing[@]}"; do
    packages+=("$(package_name "$manager" "$name")")
  done
  say "Missing: ${missing[*]}. Installing with $manager: ${packages[*]}"
  if ! install_packages "$manager" "${packages[@]}"; then
    say "That failed. Please install these packages and run this again: ${packages[*]}"
    exit 1
  fi
  for name in "${missing[@]}"; do
    if ! present "$name"; then
      say "$(package_name "$manager" "$name") is installed, but $name is still not found."
      exit 1
    fi
  done
}
