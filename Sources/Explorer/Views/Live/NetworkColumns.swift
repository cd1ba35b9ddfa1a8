import DropoutEngine

/// A layer of units as it is drawn.
struct UnitColumn: Equatable {
  /// The layer.
  var units: UnitLayer
  /// The column of its marks, counted from the left of the panel.
  var x: Int
}

/// Which layers of units are drawn side by side, and in which columns.
struct NetworkColumns: Equatable {
  /// The layers that are drawn, from left to right.
  var layers: [UnitColumn] = []
  /// How many columns each gap has beyond the narrowest drawing.
  var extra = 0

  /// The columns that a network would like to have, by its number of hidden layers.
  static func wanted(hidden: Int, most: Int) -> Int {
    min(most, 25 + max(0, hidden - 2) * 9 + (hidden + 1) * 9)
  }

  /// Chooses the nodes that fit: the selected layer, the one that feeds it, inputs, outputs, and
  /// then those nearest to the selection.
  ///
  /// - Parameters:
  ///   - hidden: the number of hidden layers.
  ///   - selected: the selected layer of weights.
  ///   - width: the columns that there are.
  init(hidden: Int, selected: Int, width: Int) {
    let capacity = max(1, (width - 7) / 9)
    let target = UnitLayer.result(of: selected)
    let hiddenLayers = (0..<hidden).map(UnitLayer.result(of:))
    var shown = Set([.source(of: selected), target].filter(hiddenLayers.contains))
    let others = hiddenLayers.sorted {
      abs(target.distance(to: $0)) < abs(target.distance(to: $1))
    }
    for units in others where shown.count < min(capacity, hidden) { shown.insert(units) }
    // Without a hidden layer, inputs and the names of the outputs still need a bus between them.
    let room = width - (shown.isEmpty ? 17 : 7 + 9 * shown.count)
    extra = min(12, max(0, room / (shown.count + 1)))
    layers = [UnitColumn(units: .inputs, x: 3)]
    for (position, units) in shown.sorted().enumerated() {
      layers.append(UnitColumn(units: units, x: 6 + extra + (9 + extra) * position))
    }
    let last = layers.count > 1 ? layers[layers.count - 1].x + 4 : 10
    layers.append(UnitColumn(units: .result(of: hidden), x: last + extra))
  }

  /// The column of a layer; nil where it is not drawn.
  func x(of units: UnitLayer) -> Int? { layers.first { $0.units == units }?.x }
}
