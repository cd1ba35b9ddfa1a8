#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The three files that every process is given, and what a process must agree on with the system before it opens more.
enum StandardDescriptors {
  /// Makes descriptors 0 to 2 belong to nobody else, and lets a write beyond a limit fail instead of ending the process.
  ///
  /// Where one of them is closed, the next file that is opened would get its number, and what is meant for the standard
  /// output would be written into that file. So `/dev/null` takes its place, opened the wrong way round: to read from the
  /// standard input or to write to the others still fails, and is reported.
  ///
  /// It must be called before anything opens a file.
  static func prepare() {
    for number in STDIN_FILENO...STDERR_FILENO
    where fcntl(number, F_GETFD) < 0 && errno == EBADF {
      let opened = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      guard opened == number else {
        StandardError.writeLine(
          "dropscope: descriptor \(number) is closed, and /dev/null cannot be opened in its place")
        _exit(74)
      }
    }
    // Beyond `ulimit -f` a write says "File too large".
    signal(SIGXFSZ, SIG_IGN)
  }
}
