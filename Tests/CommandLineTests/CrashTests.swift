import Foundation
import Testing

@Suite("A crash of the program") struct CrashTests {
  /// Sends a signal to a training that has begun, with no other reporter of crashes than the
  /// program itself.
  private func crash(_ signal: Int32) throws -> Program.Result {
    try Program.shell(
      """
      errors=$(mktemp)
      "$DROPSCOPE" train --steps 1000000000 --every 1000000000 >/dev/null 2>"$errors" &
      until grep -q '^dropscope train' "$errors"; do sleep 0.01; done
      kill -\(signal) $!
      wait $!
      status=$?
      cat "$errors" >&2
      rm "$errors"
      exit $status
      """, environment: ["SWIFT_BACKTRACE": "enable=no"])
  }

  @Test("SIGQUIT ends it at once, as no crash") func quit() throws {
    // A background job of a script without job control ignores this signal, and so may the tests.
    let result = try Program.shell(
      """
      set -m
      errors=$(mktemp)
      env --default-signal=QUIT "$DROPSCOPE" train --steps 1000000000 --every 1000000000 \
      >/dev/null 2>"$errors" &
      until grep -q '^dropscope train' "$errors"; do sleep 0.01; done
      kill -QUIT $!
      wait $!
      status=$?
      cat "$errors" >&2
      rm "$errors"
      exit $status
      """)
    #expect(result.status == 128 + SIGQUIT)
    #expect(!result.errors.contains("rashed"), "\(result.errors)")
  }

  @Test(
    "It says as its last line what happened, which version it was, and how to report it",
    arguments: [
      (SIGILL, "SIGILL"), (SIGTRAP, "SIGTRAP"), (SIGABRT, "SIGABRT"), (SIGBUS, "SIGBUS"),
      (SIGFPE, "SIGFPE"), (SIGSEGV, "SIGSEGV"),
    ])
  func lastLine(signal: Int32, name: String) throws {
    let result = try crash(signal)
    #expect(result.status == 128 + signal)
    let last = try #require(result.errors.split(separator: "\n").last)
    #expect(last.hasPrefix("dropscope ") && last.contains("crashed: "), "\(last)")
    #expect(last.contains("(\(name))") && last.contains("report"), "\(last)")
    #expect(last.contains("the one that y shows"), "\(last)")
    #expect(result.errors.components(separatedBy: "crashed: ").count == 2)
  }
}
