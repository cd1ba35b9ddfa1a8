import Explorer
import Testing

@Suite("The list of views") struct ViewListTests {
  @Test("No two views have one name, since a view is told by it") func names() {
    let names = ViewDefinition.all.map(\.name)
    #expect(Set(names).count == names.count)
    for view in ViewDefinition.all {
      // Views are equal where their names are: what tells them apart is their panels.
      #expect(ViewDefinition(rawValue: view.name)?.panels == view.panels)
    }
  }

  @Test("No panel stands in two views") func panels() {
    let panels = Panel.allCases
    #expect(Set(panels).count == panels.count)
  }
}
