import DropoutMeasure
import ExperimentFiles
import Foundation
import Testing

@Suite("The results of a comparison") struct ComparisonFormatTests {
  /// A comparison of two variants with these test losses, one for each seed; nil is a training that
  /// diverged.
  private func comparison(
    _ first: [Double?], _ second: [Double?], isClassification: Bool = true
  ) throws -> Comparison {
    let plan = try ComparisonPlan(
      variants: "classic,inverted", seedCount: first.count, sweeps: ["keep=0.8"], assignments: [])
    var results: [Int: FinishedRun] = [:]
    for (number, loss) in (first + second).enumerated() {
      results[number] = FinishedRun(
        steps: 1000, data: "built-in",
        result: RunResult(
          isClassification: isClassification,
          values: loss.map { [.testLoss: $0, .trainLoss: 1, .testScore: 0.5, .trainScore: 0.5] }
            ?? [:], curve: [], divergedAt: loss == nil ? 31 : nil))
    }
    return Comparison(plan, results: results)
  }

  private func sentence(_ first: [Double?], _ second: [Double?]) throws -> String {
    let group = try comparison(first, second).groups[0]
    return ComparisonConclusion.sentence(group.members[1], in: group)
  }

  @Test("A line of JSON begins with the fields of its form, in order; the rest comes after")
  func json() throws {
    let lines = ComparisonFormat.json.lines(try comparison([1, 2, nil], [2, 4, 5]))
    #expect(lines.count == 2)
    #expect(
      lines[0].hasPrefix(
        #"{"variant":"classic","seeds":[7,8,9],"steps":1000,"testLoss":{"mean":1.5,"#
          + #""sd":0.7071067811865476,"min":1,"max":2,"values":[1,2,"NaN"]},"trainLoss":{"#
      ))
    let names = [
      "testLoss", "trainLoss", "testAccuracy", "trainAccuracy", "outputDivergence", "outputRatio",
      "calibrationError", "sweep", "plannedSeeds", "finiteValues", "diverged", "reference",
    ]
    let places = names.compactMap { lines[1].range(of: "\"\($0)\":")?.lowerBound }
    #expect(places.count == names.count && places == places.sorted())
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
    #expect(object["sweep"] as? [String: String] == ["keep": "0.8"])
    let differences = try #require(object["differences"] as? [String: [String: Any]])
    #expect(differences["testLoss"]?["mean"] as? Double == 1.5)
    #expect(differences["testLoss"]?["pairs"] as? Int == 2)
    #expect(lines[0].contains(#""diverged":[{"seed":9,"step":31}]"#))
    #expect(!lines[0].contains("differences"))
    let regression = ComparisonFormat.json.lines(
      try comparison([1], [2], isClassification: false))
    #expect(regression[0].contains("testR2") && !regression[0].contains("Accuracy"))
  }

  @Test("The sentence says what can and cannot be concluded, and never more") func sentences()
    throws
  {
    let apart = try sentence([1, 2, 3], [2.1, 3, 3.9])
    #expect(apart.contains("higher than classic by 1.0000") && apart.contains("does not contain 0"))
    let crossing = try sentence([1, 2, 3], [2, 1, 4])
    #expect(crossing.contains("crosses 0") && crossing.contains("do not tell the two apart"))
    let single = try sentence([1], [2])
    #expect(single.contains("no interval") && single.contains("nothing can be concluded"))
    #expect(try sentence([1, 2], [1, 2]).contains("to the last bit"))
    #expect(try sentence([1, 2], [1.5, 2.5]).contains("in each of 2 seeds alike"))
    #expect(try sentence([nil], [1]).contains("nothing can be concluded"))
    #expect(try sentence([1, 2, nil], [2, 4, 5]).contains("1 of its seeds is not in this"))
    let small = try sentence([1, 1, 1], [1.000_012, 1.000_013, 1.000_011])
    #expect(small.contains("by 1.2e-5"), "\(small)")
    for text in [apart, crossing, single] { #expect(!text.lowercased().contains("prove")) }
  }

  @Test("The table says what diverged and what is not in the means, in 80 columns") func table()
    throws
  {
    let lines = ComparisonFormat.table.lines(try comparison([1, nil, 3, nil], [2, 4, 5, 7]))
    #expect(lines[0].contains("keep=0.8") && lines[0].contains("4 seeds (7 to 10)"))
    let text = lines.joined(separator: " ")
    #expect(text.contains("2 of 4 seeds diverged at step 31 (seed 8), step 31 (seed 10)"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("A csv file has as many fields in each line as its header") func csv() throws {
    let lines = ComparisonFormat.csv.lines(try comparison([1, nil], [2, 4]))
    let counts = Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count })
    #expect(lines.count == 3 && counts.count == 1)
    #expect(lines[0].hasPrefix("keep,variant,seeds,steps,diverged,testLoss.mean,testLoss.sd"))
    #expect(lines[1].hasPrefix("0.8,classic,2,1000,1,1.0,NaN,1.0,1.0"))
  }
}
