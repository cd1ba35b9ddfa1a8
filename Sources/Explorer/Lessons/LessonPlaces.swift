import Lessons
package import TerminalCells

extension ScreenPlace {
  /// The names of what stands around the panels.
  static let frameNames = ["title", "sentence", "footer", "tabs", "hero"]

  /// Whether a lesson that names a place, such as `sums/test`, means this one or a part of it.
  ///
  /// - Parameters:
  ///   - path: the place as a lesson has it.
  ///   - selected: the row of the selected unit, which `selected` stands for.
  /// - Returns: whether it is meant.
  func isMeant(by path: String, selected: Int) -> Bool {
    let isSelected = path.hasSuffix("/selected")
    let path = isSelected ? path.dropLast("selected".count) + "\(selected + 1)" : path[...]
    let own = description
    return own == path || own.hasPrefix(path + "/")
  }
}

extension HitMap {
  /// The cells of a place that a lesson names; empty where the screen does not show it.
  func areas(of path: String, selected: Int) -> [Rect] {
    places.filter { $0.place.isMeant(by: path, selected: selected) && !$0.area.isEmpty }.map(\.area)
  }
}

extension ExplorerState {
  /// The cells that the lesson's step speaks of.
  func lessonMarks(_ map: HitMap) -> [Rect] { areas(of: lesson?.step?.marks ?? [], map) }

  /// The cells of places that a lesson names.
  func areas(of places: [String], _ map: HitMap) -> [Rect] {
    places.flatMap { map.areas(of: $0, selected: shownUnit) }
  }

  /// The headings of the panels whose parts the lesson's step speaks of.
  func lessonHeadings(_ map: HitMap) -> [Rect] {
    let panels = (lesson?.step?.marks ?? []).filter { $0.contains("/") }
      .map { $0.prefix { $0 != "/" } }
    return map.places.filter { place, _ in
      place.name.isEmpty && panels.contains { $0 == place.panel?.name ?? "" }
    }.map { Rect(x: $0.area.x, y: $0.area.y, width: $0.area.width, height: 1) }
  }

  /// The places that a step without marks still speaks of: those that were marked last in its view.
  var lastLessonMarks: [String] {
    guard let run = lesson, let step = run.step, step.marks.isEmpty else { return [] }
    var place = run.place
    while place > 0, run.lesson.steps[place].staysInView {
      place -= 1
      let marks = run.lesson.steps[place].marks
      if !marks.isEmpty { return marks }
    }
    return []
  }

  /// The first cells of each place that the lesson's step speaks of.
  func lessonHeads(_ map: HitMap) -> [Rect] {
    (lesson?.step?.marks ?? []).compactMap { path in
      map.areas(of: path, selected: shownUnit).min { ($0.y, $0.x) < ($1.y, $1.x) }
    }
  }

  /// The places that the lesson's step hides now.
  var hiddenPlaces: [String] { hiddenPlaces(isAsking: lesson?.isAsking ?? false) }

  /// The places that the lesson's step hides; where its question is answered, those that the next
  /// step hides, too.
  private func hiddenPlaces(isAsking: Bool) -> [String] {
    guard let run = lesson, run.isShown, let step = run.step else { return [] }
    guard case .predict = step.task, !isAsking else { return step.hidden }
    // An answer does not give away numbers that the next step hides, too.
    let steps = run.lesson.steps
    let next = run.place + 1 < steps.count ? steps[run.place + 1].hidden : []
    return step.hidden.filter(next.contains)
  }

  /// The cells whose numbers are hidden: those of a question until it is answered.
  ///
  /// - Parameters:
  ///   - map: the places of the screen.
  ///   - isAsking: whether the question of the step is asked; nil is as it is now.
  /// - Returns: the cells.
  func lessonBlots(_ map: HitMap, isAsking: Bool? = nil) -> [LessonBlot] {
    // A message above the keys stays in sight.
    let open = Rect(
      x: 0, y: 0, width: size.columns, height: size.rows - (message.isEmpty ? 0 : 2))
    let hidden = hiddenPlaces(isAsking: isAsking ?? lesson?.isAsking ?? false)
    // A place that is hidden whole hides all that lies in it.
    return hidden.filter { path in !hidden.contains { path.hasPrefix($0 + "/") } }.flatMap { path in
      // The parts of a whole panel lie within it.
      let whole = path.contains("/") ? [] : map.places.filter { $0.place.description == path }
      let areas = whole.isEmpty ? map.areas(of: path, selected: shownUnit) : whole.map(\.area)
      let extent: LessonBlot.Extent =
        !path.contains("/")
        ? .panel : areas.count == 1 && areas[0].height == 1 ? .row : .numbers
      return areas.map { LessonBlot(area: $0.intersection(open), extent: extent) }
    }
  }

  /// The box of the lesson's step, and whether it covers something that it speaks of; nil where
  /// there is none.
  package var lessonBox: (area: Rect, covers: Bool, pages: Int)? {
    LessonBox(self).map { ($0.area, $0.covers, $0.pages) }
  }

  /// The cells of the places that a step without marks still speaks of.
  package var lastLessonAreas: [Rect] { lessonAreas(of: lastLessonMarks) }

  /// The cells of places that a lesson names, on the screen as it is.
  package func lessonAreas(of places: [String]) -> [Rect] { areas(of: places, Screen.hitMap(self)) }

  /// The computations in the lesson's step that have no value now.
  package var unknownLessonNumbers: [String] {
    (lesson?.step?.expressions ?? []).filter {
      [.waiting, .absent].contains($0.value(lessonValues))
    }.map(\.text)
  }

  /// The places that the lesson's step points at and this screen does not show.
  package var missingLessonPlaces: [String] {
    let map = Screen.hitMap(self)
    return (lesson?.step?.marks ?? []).filter { map.areas(of: $0, selected: shownUnit).isEmpty }
  }
}

extension LessonStep {
  /// The places that it hides; a question hides the number that the screen is about as well, and
  /// the sentence about it, unless it points at them.
  fileprivate var hidden: [String] {
    let top = ["hero", "sentence"]
    guard case .predict = task, !marks.contains(where: top.contains) else { return hides }
    return hides + top.filter { !hides.contains($0) }
  }

  /// Whether it stands in the view of the step before it.
  fileprivate var staysInView: Bool { view == nil && race == nil }
}
