import DropoutEngine

/// Which units of a layer stand on which rows of the network, so that network and sums are one
/// picture.
struct UnitRows: Equatable {
  /// The units of the layer.
  let count: Int
  /// The rows that there are.
  let rows: Int
  /// The first unit that is shown.
  let first: Int
  /// How many units are shown.
  let shown: Int
  /// Whether few units are spread over the rows instead of standing one below the other.
  let isSpread: Bool

  /// Places units one below the other, the kept one always in sight; the last row says how many are
  /// not shown, where there are such.
  ///
  /// - Parameters:
  ///   - count: the units of the layer.
  ///   - rows: the rows that there are.
  ///   - visible: a unit that has to be shown; nil is none in particular.
  ///   - scroll: how many units the person scrolled down.
  ///   - isSpread: whether few units are spread over the rows.
  init(count: Int, rows: Int, visible: Int? = nil, scroll: Int = 0, isSpread: Bool = false) {
    self.count = count
    self.rows = max(0, rows)
    self.isSpread = isSpread && count * 2 <= rows && count > 0
    shown = count <= self.rows ? count : max(0, self.rows - 1)
    let last = max(0, count - shown)
    var start = min(max(0, scroll), last)
    if let visible, shown > 0 {
      if visible < start { start = max(0, visible) }
      if visible >= start + shown { start = min(visible - shown + 1, last) }
    }
    first = start
  }

  /// How many units are not shown.
  var hidden: Int { count - shown }

  /// The units that are shown.
  var units: Range<Int> { first..<first + shown }

  /// The row of a unit, counted from the first one; nil where it is not shown.
  func row(of unit: Int) -> Int? {
    guard units.contains(unit) else { return nil }
    return isSpread ? (2 * unit + 1) * rows / (2 * count) : unit - first
  }

  /// The row that says how many units are not shown; nil where all are.
  var restRow: Int? { hidden > 0 && rows > 0 ? rows - 1 : nil }
}

extension ExplorerState {
  /// The row of the watched example in the minibatch.
  var watchedRow: Int { snapshot.watched.value.row }

  /// The evidence that is drawn.
  var evidence: StepEvidence { snapshot.watched.value.evidence }

  /// The index of the output layer.
  var outputLayer: Int { evidence.layers.count - 1 }

  /// The layer whose sums are shown, within the layers of the evidence.
  var shownLayer: Int { min(max(0, selection.layer), outputLayer) }

  /// The selected unit, within the units of the evidence.
  var shownUnit: Int {
    min(max(0, selection.unit), max(0, evidence.layers[shownLayer].trainingSum.columns - 1))
  }

  /// The units of the layer whose sums are shown.
  var shownUnits: UnitLayer { .result(of: shownLayer) }

  /// The outputs.
  var outputUnits: UnitLayer { .result(of: outputLayer) }

  /// The number of units of a layer of units.
  func unitCount(of units: UnitLayer) -> Int { evidence.values(of: units).columns }

  /// The rows of a layer's units.
  func unitRows(of units: UnitLayer, rows: Int) -> UnitRows {
    let isSelected = units == shownUnits
    return UnitRows(
      count: unitCount(of: units), rows: rows, visible: isSelected ? shownUnit : nil,
      scroll: isSelected ? scroll[.sums] ?? 0 : 0,
      isSpread: !isSelected && (units == .inputs || units == outputUnits))
  }

  /// The name of a layer in a sentence and a table: `hidden2`, `output`.
  func layerName(_ layer: Int) -> String {
    layer == outputLayer ? "output" : "hidden\(layer + 1)"
  }
}
