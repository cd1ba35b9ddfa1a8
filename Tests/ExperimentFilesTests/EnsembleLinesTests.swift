import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Foundation
import Testing

@Suite("Lines of ensembles") struct EnsembleLinesTests {
  private func ensembles(
    _ data: BuiltInDataset, _ change: (inout ExperimentConfiguration) -> Void = { _ in }
  ) throws -> (dataset: Dataset, all: [SubnetworkEnsemble]) {
    var configuration = ExperimentConfiguration()
    configuration.data = data.rawValue
    configuration.hidden = [5, 4]
    change(&configuration)
    let dataset = try data.generate(configuration)
    let trainer = try Trainer(configuration: configuration, dataset: dataset)
    try trainer.advance(steps: 100)
    let measurer = Measurer(dataset: dataset)
    return (
      dataset, dataset.testExamples.prefix(3).map { measurer.ensemble(trainer.state, example: $0) }
    )
  }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test(
    "JSON has the fields of an ensemble with every bit", arguments: [BuiltInDataset.circle, .plane])
  func json(data: BuiltInDataset) throws {
    let (dataset, all) = try ensembles(data)
    let lines = EnsembleLines(format: .json, dataset: dataset)
    for ensemble in all {
      let text = lines.line(ensemble)
      let line = try object(text)
      #expect(line["example"] as? Int == ensemble.example)
      #expect(line["method"] as? String == "exact" && line["subnetworks"] as? Int == 512)
      // The parser may round the last digit; the text has every bit.
      for (name, values) in [
        ("arithmeticMean", ensemble.arithmeticMean), ("weightScaling", ensemble.weightScaling),
        ("testNetwork", ensemble.testNetwork), ("mean", ensemble.outputSum.mean),
        ("variance", ensemble.outputSum.variance),
        ("outputSum\":{\"mean", ensemble.outputSum.mean),
        ("weightScaling", ensemble.outputSum.weightScaling),
        ("outputVariance", ensemble.outputVariance),
      ] {
        #expect(text.contains("\"\(name)\":[\(values.map { "\($0)" }.joined(separator: ","))]"))
      }
      let loss = try #require(line["loss"] as? [String: Any])
      #expect(loss.keys.contains("geometricMean") && loss.keys.contains("arithmeticMean"))
      #expect(text.contains("\"meanOfSubnetworks\":\(ensemble.loss.meanOfSubnetworks),"))
      #expect(text.contains("\"gap\":\(ensemble.loss.gap),"))
      if dataset.isClassification {
        #expect(line["target"] is Int && line["geometricMean"] as? [Double] != nil)
      } else {
        #expect((line["target"] as? [Double])?.count == 1 && line["geometricMean"] is NSNull)
      }
      let order = ["example", "target", "method", "subnetworks", "weightScaling", "arithmeticMean"]
      let places = order.compactMap { text.range(of: "\"\($0)\"")?.lowerBound }
      #expect(places.count == order.count && places == places.sorted())
    }
    #expect(lines.header(for: all[0]).isEmpty)
  }

  @Test("What is not finite is written as a word, and a line stays valid JSON") func notFinite()
    throws
  {
    var (dataset, all) = try ensembles(.circle)
    all[0].arithmeticMean = [.nan, .infinity]
    all[0].loss.weightScaling = -.infinity
    let line = try object(EnsembleLines(format: .json, dataset: dataset).line(all[0]))
    #expect(line["arithmeticMean"] as? [String] == ["NaN", "Infinity"])
    #expect((line["loss"] as? [String: Any])?["weightScaling"] as? String == "-Infinity")
  }

  @Test(
    "CSV lines have as many fields as their header names",
    arguments: [BuiltInDataset.circle, .plane])
  func csv(data: BuiltInDataset) throws {
    let (dataset, all) = try ensembles(data)
    let lines = EnsembleLines(format: .csv, dataset: dataset)
    let names = try #require(lines.header(for: all[0]).first).split(separator: ",")
    #expect(Set(names).count == names.count)
    for ensemble in all {
      let fields = lines.line(ensemble).split(separator: ",", omittingEmptySubsequences: false)
      #expect(fields.count == names.count)
      let place = try #require(names.firstIndex(of: "arithmeticMean1"))
      #expect(Double(fields[place]) == ensemble.arithmeticMean[0])
    }
  }

  @Test("A table fits into 80 columns, and closes with means and a reason")
  func table() throws {
    for data in [BuiltInDataset.circle, .plane, .glyphs] {
      let (dataset, all) = try ensembles(data)
      let lines = EnsembleLines(format: .table, dataset: dataset)
      var summary = EnsembleSummary()
      for ensemble in all { summary.add(ensemble) }
      let text = lines.header(for: all[0]) + all.map { lines.line($0) } + lines.closing(summary)
      #expect(text.allSatisfy { $0.count <= 80 }, "\(text)")
      let closing = text.joined(separator: " ")
      #expect(closing.contains("Mean loss over 3 examples"))
      #expect(closing.contains("Weight scaling is not exact: 2 places are masked"))
    }
  }
}
