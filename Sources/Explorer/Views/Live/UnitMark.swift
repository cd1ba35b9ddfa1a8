import DropoutEngine
import TerminalCells

/// The fate of a unit under this step's mask, or by a person's hand.
enum UnitMark: Equatable {
  /// The mask keeps it.
  case kept
  /// The mask drops it.
  case masked
  /// A person masks it always.
  case killed
  /// A person keeps it always.
  case pinned

  /// The character.
  func scalar(_ glyphs: GlyphSet) -> Unicode.Scalar {
    switch self {
    case .kept: glyphs.kept
    case .masked: glyphs.masked
    case .killed: glyphs.isUnicode ? "✕" : "X"
    case .pinned: glyphs.isUnicode ? "◆" : "P"
    }
  }

  /// Its name in the legend.
  var name: String {
    switch self {
    case .kept: "kept"
    case .masked: "masked"
    case .killed: "killed"
    case .pinned: "pinned"
    }
  }

  /// Its style.
  var style: Style {
    switch self {
    case .kept, .pinned: Style(.kept)
    case .masked, .killed: Style(.masked)
    }
  }
}

extension ExplorerState {
  /// The mask that matters for a layer's units: the forward one, or the backward one where only
  /// that pass masks.
  func mask(of units: UnitLayer) -> Matrix {
    let mask = evidence.mask(of: units)
    return evidence.configuration.dropout.maskPass == .backward
      ? mask.backwardMask : mask.forwardMask
  }

  /// The mark of a unit in the step that is drawn, for the watched example.
  func mark(of unit: Int, in units: UnitLayer) -> UnitMark {
    switch units.address(unit: unit).flatMap({ snapshot.interventions[$0] }) {
    case .kill: .killed
    case .pin: .pinned
    case .release, nil: mask(of: units)[watchedRow, unit] == 0 ? .masked : .kept
    }
  }

  /// Whether what a unit sends reaches the selected one in the training pass that is drawn.
  func reaches(source: Int) -> Bool {
    let mask = evidence.mask(of: .source(of: shownLayer))
    guard mask.forwardMask[watchedRow, source] != 0 else { return false }
    return weightMultiplier(layer: shownLayer, unit: shownUnit, source: source) != 0
  }

  /// The weights into a unit as the training pass of the watched example uses them: where weights
  /// are masked, with their masks and the factor.
  func trainingWeights(layer: Int, unit: Int) -> [Double] {
    let values = evidence.layers[layer]
    let weights = values.weights.row(unit).map { Double($0) }
    guard values.weightMask != nil else { return weights }
    let factor = Double(evidence.mask(of: .source(of: layer)).trainingFactor)
    return weights.enumerated().map { source, weight in
      weight * weightMultiplier(layer: layer, unit: unit, source: source) * factor
    }
  }

  /// The mask of a weight for the watched example; 1 where units are masked.
  func weightMultiplier(layer: Int, unit: Int, source: Int) -> Double {
    let values = evidence.layers[layer]
    guard let mask = values.weightMask else { return 1 }
    let (units, inputs) = (values.trainingSum.columns, values.received.columns)
    return Double(mask[(watchedRow * units + unit) * inputs + source])
  }

  /// The term that a source adds to the selected unit's training sum.
  func contribution(source: Int) -> Double {
    guard reaches(source: source) else { return 0 }
    let layer = evidence.layers[shownLayer]
    return Double(layer.weights[shownUnit, source]) * Double(layer.received[watchedRow, source])
  }
}
