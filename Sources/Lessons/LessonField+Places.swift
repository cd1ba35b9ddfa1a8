import JSON
import Sessions

// The places of the screen that a lesson names.
extension LessonField {
  /// A place: a panel or what stands around the panels, `sums`, a part of it, `sums/test`, or a row
  /// of that, `sums/test/3`, in one of some views.
  func place(in views: [String]) throws(LessonError) -> String {
    let text = try plain(1...80)
    let pieces = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = try choice(pieces[0], of: vocabulary.places.map(\.name))
    guard let place = vocabulary.places.first(where: { $0.name == name }) else { return text }
    if let own = place.views, !own.contains(where: views.contains) {
      throw error(.notInView(name, view: views[0], own))
    }
    if pieces.count > 1, let parts = place.parts, !parts.contains(pieces[1]) {
      throw error(.noPart(pieces[1], of: name, parts))
    }
    guard pieces.count > 2 else { return text }
    let most =
      place.hasUnits ? max(LessonField.fewestUnits, vocabulary.hidden?.max() ?? 0) : 999_999
    let row = pieces.dropFirst(2).joined(separator: "/")
    guard row == "selected" || Int(row).map((1...most).contains) ?? false else {
      throw error(.file(.outOfRange(value: row, range: "1 to \(most), or selected")))
    }
    return text
  }

  /// The units that a layer may have without being a hidden one: the outputs.
  private static let fewestUnits = 10
}
