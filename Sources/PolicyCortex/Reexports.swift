// A report is made of diagnostics and spans: whoever imports the front door gets their modules with it.
@_exported public import Diagnostics
@_exported public import PolicyModel
@_exported public import Source
