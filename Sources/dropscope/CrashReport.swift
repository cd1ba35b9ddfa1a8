internal import CCrash

/// What a crash says as its last line.
enum CrashReport {
  /// The sentence, with what happened in the place of `%`.
  static let text =
    "dropscope \(Dropscope.version) crashed: %. This is a fault of the program: please report it with this line, what "
    + "stands above it, and the command that you gave (in the explorer, the one that y shows).\n"

  /// Has every crash of this process end with it, on whatever thread.
  static func watch() {
    crash_keep_from_asking(CommandLine.unsafeArgv)
    crash_watch(text)
  }
}
