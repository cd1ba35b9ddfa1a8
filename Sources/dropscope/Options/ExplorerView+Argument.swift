public import ArgumentParser
public import Explorer

extension ExplorerView: ExpressibleByArgument {}
