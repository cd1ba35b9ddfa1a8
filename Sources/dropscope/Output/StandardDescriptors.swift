import CLibrary

/// The three files that every process has, and the agreements with the system before any other is
/// opened.
enum StandardDescriptors {
  /// Reserves descriptors 0 to 2, and lets a write beyond a limit fail instead of ending the
  /// process.
  ///
  /// If one of them is closed, the next opened file would get its number, and the standard output
  /// would go into that file. So `/dev/null` takes its place, opened the wrong way round: reading
  /// from the standard input or writing to the others still fails, and is reported.
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
    // Beyond `ulimit -f` a write then fails with "File too large".
    signal(SIGXFSZ, SIG_IGN)
  }
}
