import DropoutEngine

/// The example of a minibatch that is worth watching.
enum TellingExample {
  /// One whose sums say something in training and in testing.
  case sums
  /// One that is not solved: a large signal comes back through all layers.
  case signals
}

extension StepEvidence {
  /// The row of the example that is worth watching.
  func row(of example: TellingExample) -> Int {
    switch example {
    case .sums: firstTellingRow
    case .signals: strongestRow ?? firstTellingRow
    }
  }

  /// The row whose signals are the largest: as a share of the largest one of the minibatch, by the
  /// layer where that is least; nil where no signal comes back.
  private var strongestRow: Int? {
    let sizes = layers.map(\.delta.rowSizes)
    let strongest = sizes.map { $0.max() ?? 0 }
    let shares = examples.indices.map { row in
      // Where masks let nothing pass to a layer, the others decide.
      zip(sizes, strongest).lazy.filter { $1 > 0 }.map { $0[row] / $1 }.min() ?? 0
    }
    return shares.indices.max { shares[$0] < shares[$1] }.flatMap { shares[$0] > 0 ? $0 : nil }
  }

  /// The share of the minibatch's largest sum that an example needs, to be watched.
  private static let tellingShare: Float = 0.2

  /// The first example whose sums into the first masked layer are not small beside those of the
  /// minibatch, in this step's training pass and in testing alike; where none has both, the one
  /// with the largest test sum.
  ///
  /// A unit that is silent for an example sends 0 under every mask, so that there is nothing to
  /// compare.
  private var firstTellingRow: Int {
    let layer =
      layers.indices.first { configuration.keepProbability(feeding: $0) < 1 } ?? 0
    let (training, test) = (layers[layer].trainingSum, layers[layer].testSum)
    let (trainingSizes, testSizes) = (training.rowSizes, test.rowSizes)
    let least = (
      Self.tellingShare * (trainingSizes.max() ?? 0), Self.tellingShare * (testSizes.max() ?? 0)
    )
    let rows = examples.indices
    return rows.first { trainingSizes[$0] > least.0 && testSizes[$0] > least.1 }
      ?? rows.max { testSizes[$0] < testSizes[$1] } ?? 0
  }
}

extension Matrix {
  /// The size of the largest finite element of each row.
  fileprivate var rowSizes: [Float] {
    (0..<rows).map { row in
      self.row(row).reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    }
  }
}
