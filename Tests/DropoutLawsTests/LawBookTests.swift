import DropoutEngine
import DropoutLaws
import Oracles
import Testing

@Suite("The book of laws") struct LawBookTests {
  @Test("Every law holds", arguments: LawBook.all.map(\.name), [1, 7, 9_007_199_254_740_991])
  func everyLaw(name: String, seed: UInt64) throws {
    let outcome = try LawBook.laws(named: [name])[0].check(seed: seed)
    #expect(outcome.holds, "\(outcome)")
    #expect(outcome.quantities > 0)
  }

  @Test("Both paths of the arithmetic measure the same bits") func paths() throws {
    let portable = try #require(KernelPath(named: "portable"))
    for law in try LawBook.laws(named: ["sums-drawn", "update-adam", "gradient-gaussian"]) {
      #expect(law.check(seed: 3, kernels: portable) == law.check(seed: 3), "\(law.name)")
    }
  }

  @Test("A seed decides what is measured, to the bit") func seeds() throws {
    let law = try LawBook.laws(named: ["mask-share"])[0]
    #expect(law.check(seed: 5) == law.check(seed: 5))
    #expect(law.check(seed: 5) != law.check(seed: 6))
  }

  @Test("Names are in kebab case, and no two are the same") func names() {
    let names = LawBook.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      let isKebab = name.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0.allSatisfy { $0.isLowercase || $0.isNumber }
      }
      #expect(isKebab && name.count <= 26, "\(name)")
    }
  }

  @Test("Fewer than 1,000 numbers are sampled, as the tolerance of 6.5 sigma counts on")
  func sampledNumbers() {
    let sampled = LawBook.all.map { $0.check(seed: 2).sampledQuantities }.reduce(0, +)
    #expect(sampled > 100 && sampled < 1000)
  }

  @Test("Laws come in the book's order, and an unknown name gives the nearest one") func choice()
    throws
  {
    #expect(
      try LawBook.laws(named: ["sums-off", "mask-share"]).map(\.name) == ["mask-share", "sums-off"])
    #expect(throws: LawBookError.unknownLaw(name: "sum-off", nearest: "sums-off")) {
      try LawBook.laws(named: ["mask-share", "sum-off"])
    }
    #expect(throws: LawBookError.unknownLaw(name: "", nearest: nil)) {
      try LawBook.laws(named: [""])
    }
    let hostile = LawBookError.unknownLaw(name: hostileText, nearest: nil).description
    #expect(hostile.unicodeScalars.allSatisfy(ForeignText.isPlain), "\(hostile)")
  }
}

@Suite("A law") struct LawTests {
  /// The share that the engine keeps at p = 0.5, compared with a claimed share.
  private func share(_ claimed: Double) -> Law {
    Law("share-kept", .masks, "The engine keeps this share.", source: "this test") { setting in
      var configuration = ExperimentConfiguration()
      configuration.maskSeed = setting.random.next() >> 11
      configuration.batch = 250
      let mask = try configuration.trainer().evidence().layers[0].mask.forwardMask
      let draws = mask.elements.count
      return [
        .sampled(
          "share kept", Double(mask.elements.reduce(0, +)) / Double(draws), claimed,
          sigma: 0.5 / Double(draws).squareRoot(), samples: draws)
      ]
    }
  }

  @Test("holds where the engine does what it says, and fails where it says something else")
  func wrongLaw() {
    let right = share(0.5).check(seed: 7)
    #expect(right.holds && right.worst?.sampling?.samples == 3000)
    let wrong = share(0.6).check(seed: 7)
    #expect(!wrong.holds)
    let verdict = LawVerdict([right, wrong])
    #expect(verdict.failing == ["share-kept"])
    #expect(verdict.sentence == "1 of 2 laws fails: share-kept")
    #expect(LawVerdict([right]).failing.isEmpty && LawVerdict([right]).sentence == "1 law holds")
    #expect(LawVerdict([wrong, wrong]).sentence == "2 of 2 laws fail: share-kept, share-kept")
  }

  @Test("fails by its worst number, by an error, and where nothing is measured") func failures() {
    func law(_ measure: @escaping @Sendable () throws -> [LawMeasurement]) -> LawOutcome {
      Law("x", .sums, "", source: "") { _ in try measure() }.check(seed: 0)
    }
    let mixed = law {
      [.equal("right", 1, 1), .equal("wrong", 1.1, 1), .equal("close", 1, 1.000001)]
    }
    #expect(!mixed.holds && mixed.worst?.quantity == "wrong" && mixed.quantities == 3)
    #expect(!law { [] }.holds)
    let broken = law { throw LawBookError.unknownLaw(name: "y", nearest: nil) }
    #expect(!broken.holds && broken.obstacle?.contains("'y'") == true && broken.worst == nil)
    let number = law { [.equal("right", 1, 1), .equal("no number", .nan, 1)] }
    #expect(!number.holds && number.worst?.quantity == "no number")
  }

  @Test("Tolerances are rounding, none, sigmas, or one-sided") func tolerances() {
    #expect(LawMeasurement.equal("", 1.000005, 1).holds)
    #expect(!LawMeasurement.equal("", 1.00002, 1).holds)
    #expect(LawMeasurement.equal("", 1.00002, 1, scale: 10).holds)
    #expect(LawMeasurement.identical("", 0.5, 0.5).holds)
    #expect(!LawMeasurement.identical("", 0.5.nextUp, 0.5).holds)
    #expect(LawMeasurement.sampled("", 1.6, 1, sigma: 0.1, samples: 9).holds)
    #expect(!LawMeasurement.sampled("", 1.7, 1, sigma: 0.1, samples: 9).holds)
    #expect(LawMeasurement.atMost("", -5, 1).holds && !LawMeasurement.atMost("", 1.1, 1).holds)
    #expect(LawMeasurement.atLeast("", 5, 1).holds && !LawMeasurement.atLeast("", 0.9, 1).holds)
    for broken in [
      LawMeasurement.equal("", .nan, 1), .identical("", .nan, .nan), .atMost("", .nan, 1),
      .atLeast("", .nan, 1), .atMost("", .infinity, 1), .equal("", .infinity, .infinity),
      .sampled("", .nan, 1, sigma: 1, samples: 1), .sampled("", 1, 2, sigma: .nan, samples: 1),
    ] {
      #expect(!broken.holds, "\(broken)")
    }
  }
}
