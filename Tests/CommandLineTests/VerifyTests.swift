import Foundation
import Testing

@Suite("dropscope verify") struct VerifyTests {
  @Test("Every law holds, each on one line of JSON, and the status is 0") func everyLaw() throws {
    let result = try Program.run("verify", "--format", "json", "--seed", "11")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try result.output.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(lines.count > 38)
    for line in lines {
      #expect(line["holds"] as? Bool == true, "\(line)")
      #expect(line["measured"] is Double && line["expected"] is Double, "\(line)")
      #expect((line["sigma"] == nil) == (line["samples"] == nil), "\(line)")
    }
  }

  @Test("Laws are chosen by name, by commas or several options") func names() throws {
    let commas = try Program.run("verify", "--law", "sums-off,all-dropped", "--format", "csv")
    let options = try Program.run(
      "verify", "--law", "all-dropped", "--law", "sums-off", "--format", "csv")
    #expect(commas.status == 0 && commas.output == options.output)
    let rows = commas.output.split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("law,statement,source,measured,expected,error,tolerance,holds"))
    #expect(rows[1].hasPrefix("all-dropped,") && rows[2].hasPrefix("sums-off,"))
  }

  @Test("The table ends with how many laws hold, and keeps to 80 columns") func table() throws {
    let result = try Program.run("verify", "--law", "sums-off,update-sgd")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.last == "2 laws hold")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("The same seed measures the same bits on each path of the arithmetic") func determinism()
    throws
  {
    func run(_ seed: String, _ kernels: String) throws -> String {
      try Program.run(
        "verify", "--law", "sums-drawn,penalty-drawn", "--format", "json", "--seed", seed,
        environment: ["DROPSCOPE_KERNELS": kernels]
      ).output
    }
    #expect(try run("3", "") == run("3", "portable"))
    #expect(try run("3", "") != run("4", ""))
  }

  @Test(
    "What does not exist ends with 64 and says what there is",
    arguments: [
      ("--law", "sums-of", "'sums-off'"), ("--law", "", "mask-share"),
      ("--law", "zzzzzz", "mask-share"),
      ("--seed", "-1", "seed"), ("--seed", "9007199254740992", "9007199254740991"),
      ("--format", "xml", "table"),
    ])
  func wrongUsage(option: String, value: String, remedy: String) throws {
    let result = try Program.run("verify", option, value)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.output.isEmpty && result.errors.contains(remedy), "\(result.errors)")
  }
}
