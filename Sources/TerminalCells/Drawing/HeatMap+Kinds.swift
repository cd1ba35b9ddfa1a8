extension HeatMap {
  /// The map of a classifier: the predicted class at each point, with its confidence.
  ///
  /// With two classes the shades run from class 0 (empty) to class 1 (full), so that the map can be
  /// read without colours; with more, sure points carry their class's marker.
  /// - Parameters:
  ///   - columns: The number of columns of points.
  ///   - rows: The number of rows of points.
  ///   - classCount: The number of classes.
  ///   - classes: The predicted class of each point, row after row from the top.
  ///   - confidences: The confidences, from 0 (no better than chance) to 1; NaN counts as 0.
  public init(
    columns: Int, rows: Int, classCount: Int, classes: [Int], confidences: [Double]
  ) {
    let values = zip(classes, confidences).map { index, confidence in
      let sure = confidence > 0 ? min(confidence, 1) : 0
      let mark: Value.Mark
      if classCount <= 2 {
        mark = .shade(index == 0 ? 0.5 - sure / 2 : 0.5 + sure / 2)
      } else {
        mark = sure < 0.25 ? .character(".") : .classMarker(index)
      }
      return Value(
        role: .heat(hue: index, level: Int(cellOf: sure, among: Role.heatLevels)), mark: mark,
        markRole: .classHue(index))
    }
    self.init(columns: columns, rows: rows, values: values)
  }

  /// The map of signed quantities: `scale` is the magnitude of the strongest level.
  ///
  /// Where half blocks are not used, positive values are shades; negative ones have `-`, and `=`
  /// from half the scale on.
  public init(columns: Int, rows: Int, signed quantities: [Double], scale: Double) {
    let values = quantities.map { quantity in
      let ratio = scale > 0 && quantity.isFinite ? min(max(-1, quantity / scale), 1) : 0
      let level = Int(
        drawn: ratio * Double(Role.divergingLevels),
        in: -Role.divergingLevels...Role.divergingLevels)
      let mark: Value.Mark =
        ratio.magnitude < 0.1
        ? .character(" ")
        : ratio < 0 ? .character(ratio > -0.5 ? "-" : "=") : .shade(ratio.magnitude)
      return Value(
        role: .diverging(level: level), mark: mark, markRole: .diverging(level: level))
    }
    self.init(columns: columns, rows: rows, values: values)
  }

  /// A grey image: brightness from 0 (black) to 1 (white).
  public init(columns: Int, rows: Int, brightness: [Double]) {
    let values = brightness.map { shade in
      let top = Role.grayLevels - 1
      let level = Int(drawn: (shade * Double(top)).rounded(.down), in: 0...top)
      return Value(role: .gray(level: level), mark: .shade(shade), markRole: .text)
    }
    self.init(columns: columns, rows: rows, values: values)
  }
}
