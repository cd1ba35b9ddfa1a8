/// A setting with a few named values, as written on the command line.
///
/// The raw value is the name. Help lists the names in the order of `allCases`, and the first one is
/// the default.
public protocol NamedChoice: RawRepresentable, CaseIterable, Equatable, Hashable, Sendable
where RawValue == String {}
