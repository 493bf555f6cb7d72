// A compilation error is made of diagnostics and spans: whoever imports the language gets their modules with it.
@_exported public import Diagnostics
@_exported public import Source
