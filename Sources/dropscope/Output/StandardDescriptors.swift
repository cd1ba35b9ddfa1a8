import CLibrary
import Sessions

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
        _exit(ExitStatus.inputOutput.rawValue)
      }
    }
    // Beyond `ulimit -f` a write then fails with "File too large".
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Lets the terminal take the place of the standard input, which is read elsewhere by now.
  ///
  /// - Parameter instead: what may be run where there is no terminal, in words.
  /// - Throws: status 64 where there is no terminal.
  static func takeKeysFromTerminal(instead: String) throws(CommandFailure) {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0, dup2(terminal, STDIN_FILENO) >= 0 else {
      throw .usage(
        "there is no terminal to take keys from: \(SystemFailure(code: errno)); "
          + instead)
    }
    close(terminal)
  }
}
