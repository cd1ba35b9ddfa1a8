import DropoutEngine

/// Which layers of the network are drawn side by side, and in which columns.
struct NetworkColumns: Equatable {
  /// One layer, or the inputs, as it is drawn.
  struct Node: Equatable {
    /// 0 the inputs, 1 the first hidden layer, the last one the outputs.
    var index: Int
    /// The column of its marks, counted from the left of the panel.
    var x: Int
  }

  /// The nodes that are drawn, from left to right.
  var nodes: [Node] = []
  /// How many columns each gap has beyond the narrowest drawing.
  var extra = 0

  /// The columns that a network would like to have, by its number of hidden layers.
  static func wanted(hidden: Int, most: Int) -> Int {
    min(most, 25 + max(0, hidden - 2) * 9 + (hidden + 1) * 9)
  }

  /// Chooses the nodes that fit: the selected layer, the one that feeds it, inputs, outputs, and
  /// then those nearest to the selection.
  init(hidden: Int, target: Int, width: Int) {
    let capacity = max(1, (width - 7) / 9)
    var shown: Set<Int> = []
    let source = target - 1
    for node in [source, target] where (1...max(1, hidden)).contains(node) && node <= hidden {
      shown.insert(node)
    }
    let others = (0..<hidden).map { $0 + 1 }.sorted { abs($0 - target) < abs($1 - target) }
    for node in others where shown.count < min(capacity, hidden) { shown.insert(node) }
    let layers = shown.sorted()
    // Without a hidden layer, inputs and the names of the outputs still need a bus between them.
    let room = width - (layers.isEmpty ? 17 : 7 + 9 * layers.count)
    extra = min(12, max(0, room / (layers.count + 1)))
    nodes = [Node(index: 0, x: 3)]
    for (position, layer) in layers.enumerated() {
      nodes.append(Node(index: layer, x: 6 + extra + (9 + extra) * position))
    }
    let last = nodes.count > 1 ? nodes[nodes.count - 1].x + 4 : 10
    nodes.append(Node(index: hidden + 1, x: last + extra))
  }

  /// The column of a node; nil where it is not drawn.
  func x(of node: Int) -> Int? { nodes.first { $0.index == node }?.x }
}
