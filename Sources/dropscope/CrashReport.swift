internal import CCrash

/// The last line of a crash.
enum CrashReport {
  /// The sentence; the cause replaces `%`.
  static let text =
    "dropscope \(Dropscope.version) crashed: %. This is a fault of the program: please report it "
    + "with this line, what stands above it, and the command that you gave (in the explorer, the "
    + "one that y shows).\n"

  /// Ends every crash of this process, on any thread, with the sentence.
  static func watch() {
    crash_keep_from_asking(CommandLine.unsafeArgv)
    crash_watch(text)
  }
}
