/// Points of a plane as they are generated, with what is to be learned from them.
struct GeneratedPoints {
  /// The coordinates, `[example][2]`.
  var coordinates: [Float] = []
  /// A class for each point, or one number.
  var targets: Dataset.Targets
}
