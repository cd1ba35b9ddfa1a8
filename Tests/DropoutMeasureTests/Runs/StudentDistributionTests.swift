import DropoutEngine
import DropoutMeasure
import Testing

@Suite("Student's t and paired differences") struct StudentDistributionTests {
  /// The table of t for two-sided 95 % and 99 %, as in every textbook, here with nine decimals.
  private static let rows: [(degrees: Int, at95: Double, at99: Double)] = [
    (1, 12.706204736, 63.656741162), (2, 4.302652730, 9.924843201), (3, 3.182446305, 5.840909310),
    (4, 2.776445105, 4.604094871), (5, 2.570581836, 4.032142984), (7, 2.364624252, 3.499483297),
    (10, 2.228138852, 3.169272673), (19, 2.093024054, 2.860934606),
    (30, 2.042272456, 2.749995654),
    (100, 1.983971519, 2.625890521), (1000, 1.962339081, 2.580754698),
  ]

  @Test("The bounds are those of the table", arguments: rows)
  func table(degrees: Int, at95: Double, at99: Double) {
    for (confidence, expected) in [(0.95, at95), (0.99, at99)] {
      let bound = StudentDistribution.bound(confidence: confidence, degrees: degrees)
      #expect(abs(bound - expected) <= 6e-10 * max(1, expected), "\(degrees): \(bound)")
    }
  }

  @Test("One and two degrees follow their closed forms, and many the normal distribution")
  func closedForms() {
    for confidence in [0.1, 0.5, 0.9, 0.95, 0.999] {
      let cauchy =
        ElementaryFunctions.sine(.pi / 2 * confidence)
        / ElementaryFunctions.cosine(.pi / 2 * confidence)
      #expect(
        abs(StudentDistribution.bound(confidence: confidence, degrees: 1) / cauchy - 1) < 1e-11)
      let two = confidence * (2 / (1 - confidence * confidence)).squareRoot()
      #expect(
        abs(StudentDistribution.bound(confidence: confidence, degrees: 2) / two - 1) < 1e-11)
    }
    // t - z is about (z^3 + z) / (4 degrees).
    let normal = 1.959963984540054
    let bound = StudentDistribution.bound(confidence: 0.95, degrees: 100_000)
    #expect(abs(bound - normal - (normal * normal * normal + normal) / 400_000) < 1e-9)
    #expect(StudentDistribution.bound(confidence: 0, degrees: 5) < 1e-12)
  }

  @Test("A paired difference is worked out as by hand") func byHand() {
    // Differences 1, 2, 3: mean 2, standard deviation 1, standard error 1/sqrt(3), t with 2
    // degrees.
    let difference = PairedDifference(of: [11, 22, 33], from: [10, 20, 30])
    #expect(difference.mean == 2 && difference.pairs == 3 && !difference.isConstant)
    #expect(abs(difference.halfWidth - 4.302652730 / 3.0.squareRoot()) < 1e-9)
    #expect(difference.crossesZero)
    #expect(!PairedDifference(of: [11, 21, 31.1], from: [10, 20, 30]).crossesZero)
  }

  @Test("Pairs with a value that is not finite are left out; one pair has no interval")
  func notFinite() {
    let difference = PairedDifference(of: [1, .nan, 3], from: [2, 2, .infinity])
    #expect(difference.pairs == 1 && difference.mean == -1)
    #expect(difference.halfWidth.isNaN && !difference.crossesZero)
    #expect(PairedDifference(of: [.nan], from: [1]).pairs == 0)
    #expect(PairedDifference(of: [2, 3], from: [1, 2]).isConstant)
  }

  @Test("A summary counts and leaves out what is not finite") func summary() {
    let summary = SampleSummary([2, .nan, 4, 9, .infinity])
    #expect(summary.count == 3 && summary.mean == 5)
    #expect(summary.minimum == 2 && summary.maximum == 9)
    #expect(abs(summary.deviation - 13.0.squareRoot()) < 1e-15)
    #expect(SampleSummary([3]).deviation.isNaN && SampleSummary([3]).mean == 3)
    #expect(SampleSummary([]).mean.isNaN && SampleSummary([.nan]).minimum.isNaN)
  }
}
