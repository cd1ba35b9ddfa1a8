/// One point of a plot.
public struct PlotPoint: Equatable, Hashable, Sendable {
  /// Its horizontal position.
  public var x: Double
  /// Its height; a value that is not finite leaves a gap.
  public var y: Double

  /// Creates a point.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// One curve of a plot: a letter, a role and points from left to right.
public struct PlotSeries: Equatable, Sendable {
  /// The letter that stands for it, on the curve and in the text around it.
  public var marker: Unicode.Scalar
  /// The meaning of the curve.
  public var role: Role
  /// Its points, in the order of `x`.
  public var points: [PlotPoint]

  /// Whether the letter is drawn at the end of a curve of dots; one of many similar curves has
  /// none.
  public var showsMarker: Bool

  /// Whether a curve of dots has gaps, so that it differs from others without colour.
  public var isDashed: Bool

  /// Whether the letter also stands on a curve of dots, again and again: where colours are too few
  /// to tell it from others.
  public var isLettered: Bool

  /// The words beside the end of the curve, in the place of the letter; nil is the letter alone.
  public var label: StyledText?

  /// Words in one style.
  public struct StyledText: Equatable, Sendable {
    /// The words.
    public var text: String
    /// Their style.
    public var style: Style

    /// Creates words in a style.
    public init(_ text: String, _ style: Style) {
      self.text = text
      self.style = style
    }
  }

  /// Creates a curve.
  public init(
    marker: Unicode.Scalar, role: Role, points: [PlotPoint], showsMarker: Bool = true,
    isDashed: Bool = false, isLettered: Bool = false, label: StyledText? = nil
  ) {
    self.marker = marker
    self.role = role
    self.points = points
    self.showsMarker = showsMarker
    self.isDashed = isDashed
    self.isLettered = isLettered
    self.label = label
  }

  /// Creates a curve from heights at 0, 1, 2 and so on.
  public init(marker: Unicode.Scalar, role: Role, values: [Double]) {
    self.init(
      marker: marker, role: role,
      points: values.enumerated().map { PlotPoint(Double($0.offset), $0.element) })
  }
}

/// A vertical line in a plot, where something changed.
public struct PlotMark: Equatable, Sendable {
  /// Its horizontal position.
  public var x: Double
  /// Its meaning.
  public var role: Role

  /// Creates a mark.
  public init(x: Double, role: Role = .dim) {
    self.x = x
    self.role = role
  }
}

/// The scale of heights on an axis.
public enum PlotScale: String, Equatable, Sendable, CaseIterable {
  /// Equal differences take equal room.
  case linear
  /// Equal ratios take equal room; values of 0 and below leave a gap.
  case logarithmic
}
