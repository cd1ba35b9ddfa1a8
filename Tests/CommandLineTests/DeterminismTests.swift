import Foundation
import Testing

@Suite("The same experiment gives the same bits") struct DeterminismTests {
  private let arguments =
    "trace --hidden 9,17 --activation tanh,sigmoid --variant inverted --keep 0.7 --keep-input 0.9 "
    + "--optimizer adam --learning-rate 0.01 --l2 0.001 --max-norm 2 --at 30 --count 2"

  @Test(
    "in a debug and in a release build",
    .enabled(if: hasDebugBuild, "DROPSCOPE_DEBUG_BINARY is not set"))
  func builds() throws {
    let debug = try Program.path(variable: "DROPSCOPE_DEBUG_BINARY")
    for extra in ["", " --variant gaussian", " --variant dropconnect", " --data glyphs"] {
      let release = try Program.shell("exec \"$DROPSCOPE\" \(arguments)\(extra)")
      #expect(release.status == 0)
      let result = try Program.shell(
        "exec \"$DROPSCOPE\" \(arguments)\(extra)", environment: ["DROPSCOPE": debug])
      #expect(result.output == release.output, "\(extra)")
    }
  }

  private static var hasDebugBuild: Bool {
    ProcessInfo.processInfo.environment["DROPSCOPE_DEBUG_BINARY"] != nil
  }

  @Test("on every path of the kernels") func paths() throws {
    let portable = try Program.shell(
      "exec \"$DROPSCOPE\" \(arguments)", environment: ["DROPSCOPE_KERNELS": "portable"])
    #expect(portable.status == 0)
    #expect(try Program.shell("exec \"$DROPSCOPE\" \(arguments)").output == portable.output)
    let unknown = try Program.shell(
      "exec \"$DROPSCOPE\" \(arguments)", environment: ["DROPSCOPE_KERNELS": "abacus"])
    #expect(unknown.status == 64 && unknown.errors.contains("portable"))
  }
}
