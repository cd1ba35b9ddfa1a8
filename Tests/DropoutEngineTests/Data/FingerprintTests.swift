import DropoutEngine
import Oracles
import Testing

@Suite("Fingerprints") struct FingerprintTests {
  private func dataset(
    name: String = "a", inputNames: [String] = ["x", "y"],
    values: [Float] = [1, 2, 3, 4, 5, 6], classes: [Int] = [0, 1, 0],
    classNames: [String] = ["p", "q"], training: [Int] = [0, 1], test: [Int] = [2],
    normalization: Normalization = .none, origins: [Double] = []
  ) -> Dataset {
    Dataset(
      name: name, inputNames: inputNames, values: .numbers(values), targets: .classes(classes),
      classNames: classNames, outputNames: classNames, image: nil, trainingExamples: training,
      testExamples: test, normalization: normalization, origins: origins)
  }

  @Test("That of data depends on each part of it, and not on where it comes from")
  func data() {
    let whole = dataset().fingerprint
    #expect(dataset(name: "b").fingerprint == whole)
    let others = [
      dataset(inputNames: ["x", "z"]), dataset(values: [1, 2, 3, 4, 5, 6.0000005]),
      dataset(values: [2, 1, 3, 4, 5, 6]), dataset(classes: [0, 1, 1]),
      dataset(classNames: ["p", "r"]), dataset(training: [1, 0]),
      dataset(training: [0, 1, 2], test: []),
      dataset(training: [0], test: [1, 2]), dataset(normalization: .standard),
      dataset(origins: [0, 7]), dataset(inputNames: ["xy", ""]),
      dataset(values: [1, 2, 3, 4, 5, -6]),
    ].map(\.fingerprint)
    #expect(Set(others + [whole]).count == others.count + 1)
  }

  @Test("That of targets which are numbers, and of pixels, depends on them")
  func otherKinds() {
    func regression(_ target: Float, pixel: UInt8) -> Fingerprint {
      Dataset(
        name: "a", inputNames: ["x"], values: .bytes([1, pixel]),
        targets: .values(Matrix(rows: 2, columns: 1, elements: [0.5, target])), classNames: [],
        outputNames: ["t"], image: nil, trainingExamples: [0], testExamples: [1],
        normalization: .none
      ).fingerprint
    }
    #expect(
      Set([regression(1, pixel: 2), regression(1, pixel: 3), regression(2, pixel: 2)]).count == 3)
    #expect(regression(1, pixel: 2) == regression(1, pixel: 2))
  }

  @Test("It is written as 16 digits, and read from nothing else")
  func text() {
    var fingerprint = Fingerprint()
    fingerprint.add("x")
    #expect(Fingerprint(fingerprint.description) == fingerprint)
    #expect(Fingerprint("0000000000000001")?.value == 1)
    for text in [
      "", "1", "000000000000001", "00000000000000001", "000000000000000G", "+000000000000001",
      "000000000000000A",
    ] { #expect(Fingerprint(text) == nil, "\(text)") }
  }

  @Test(
    "That of weights is the same on every path of the arithmetic, and changes with every step",
    arguments: ["sgd", "momentum", "adam"])
  func weights(optimizer: String) throws {
    let settings = try Settings(assignments: [
      ("hidden", "9,17,3"), ("optimizer", optimizer), ("variant", "bagging"), ("learners", "3"),
      ("learning-rate", "0.01"),
    ])
    let dataset = try BuiltInDataset.circle.generate(settings.experiment)
    var found: [[Fingerprint]] = []
    for path in KernelPath.allNames.compactMap({ KernelPath(named: $0) }) {
      let group = try LearnerGroup(
        configuration: settings.experiment, dataset: dataset, kernels: path)
      var prints = [group.fingerprint]
      for _ in 0..<20 {
        try group.advance()
        prints.append(group.fingerprint)
      }
      #expect(Set(prints).count == prints.count)
      found.append(prints)
    }
    // Every processor has one path at least beside the portable one.
    #expect(found.count > 1 && found.allSatisfy { $0 == found[0] })
  }

  @Test("That of weights depends on the optimizer's state alone, too")
  func state() throws {
    let settings = try Settings(assignments: [
      ("optimizer", "momentum"), ("learning-rate", "0"), ("hidden", "4"),
    ])
    let dataset = try BuiltInDataset.circle.generate(settings.experiment)
    let group = try LearnerGroup(configuration: settings.experiment, dataset: dataset)
    let (parameters, before) = (group.parameters, group.fingerprint)
    try group.advance()
    #expect(group.parameters == parameters)
    #expect(group.fingerprint != before)
  }
}
