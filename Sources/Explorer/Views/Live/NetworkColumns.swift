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
  /// The columns of the inputs' names.
  var inputNames = NetworkColumns.narrowInputs
  /// The columns of the outputs' names.
  var outputNames = NetworkColumns.narrowOutputs

  /// The least columns of names.
  private static let narrowInputs = 2
  private static let narrowOutputs = 5
  /// The most columns of names.
  private static let widestNames = 18
  /// The columns from the marks of one layer to those of the next: bus, number and mark.
  private static let layerWidth = 9

  /// The columns that a network would like to have, by its hidden layers and the columns of its
  /// longest names.
  static func wanted(hidden: Int, names: (inputs: Int, outputs: Int), most: Int) -> Int {
    let inputs = max(0, min(names.inputs, widestNames) - narrowInputs)
    let outputs = missingOutputs(names)
    return min(most, 25 + max(0, hidden - 2) * layerWidth + (hidden + 1) * 9 + inputs + outputs)
  }

  /// The columns by which the longest name of an output is wider than the narrowest drawing has
  /// room for.
  static func missingOutputs(_ names: (inputs: Int, outputs: Int)) -> Int {
    max(0, min(names.outputs, widestNames) - narrowOutputs)
  }

  /// Chooses the nodes that fit: the selected layer, the one that feeds it, inputs, outputs, and
  /// then those nearest to the selection.
  ///
  /// - Parameters:
  ///   - hidden: the number of hidden layers.
  ///   - selected: the selected layer of weights.
  ///   - width: the columns that there are.
  ///   - names: the columns of the longest names.
  init(
    hidden: Int, selected: Int, width: Int, names: (inputs: Int, outputs: Int) = (2, 5)
  ) {
    let capacity = max(1, (width - 7) / Self.layerWidth)
    let target = UnitLayer.result(of: selected)
    let hiddenLayers = (0..<hidden).map(UnitLayer.result(of:))
    var shown = Set([.source(of: selected), target].filter(hiddenLayers.contains))
    let others = hiddenLayers.sorted {
      abs(target.distance(to: $0)) < abs(target.distance(to: $1))
    }
    for units in others where shown.count < min(capacity, hidden) { shown.insert(units) }
    // Without a hidden layer, inputs and the names of the outputs still need a bus between them.
    var room = width - (shown.isEmpty ? 17 : 7 + Self.layerWidth * shown.count)
    func grow(_ columns: inout Int, to wanted: Int) {
      let more = max(0, min(wanted, Self.widestNames) - columns)
      // A third of the room is left to the wires, where that is enough for any.
      let taken = min(more, room < 8 ? room : room * 2 / 3)
      columns += taken
      room -= taken
    }
    // Where room is short, inputs have numbers; outputs have nothing but names.
    if room < 8 { grow(&outputNames, to: names.outputs) }
    grow(&inputNames, to: names.inputs)
    grow(&outputNames, to: names.outputs)
    // Where there is room for wires, there is a margin at both sides as well.
    extra = min(12, max(0, (room - 2) / (shown.count + 1)))
    let start = inputNames - Self.narrowInputs + min(1, extra)
    layers = [UnitColumn(units: .inputs, x: start + 2)]
    for (position, units) in shown.sorted().enumerated() {
      layers.append(
        UnitColumn(
          units: units, x: start + 6 + extra + (Self.layerWidth + extra) * position))
    }
    let last = layers.count > 1 ? layers[layers.count - 1].x + 3 : start + 9
    layers.append(UnitColumn(units: .result(of: hidden), x: last + extra))
  }

  /// The column of a layer; nil where it is not drawn.
  func x(of units: UnitLayer) -> Int? { layers.first { $0.units == units }?.x }
}
