extension ViewDefinition {
  /// The list of views.
  public static let all: [ViewDefinition] = [
    .live,
    .sums,
    .race,
    .ensemble,
    .backward,
    .data,
  ]
}
