-- The filters of a document, in the order in which they have to see it. Each concern is a file of its own beside this one.

local folder = PANDOC_SCRIPT_FILE:match("^(.*)/[^/]*$") or "."
package.path = folder .. "/?.lua;" .. package.path

local common = require("common")
local concerns = {}
for _, name in ipairs({ "conditional", "shortcodes", "images", "title" }) do
  concerns[name] = require(name)
end

return {
  { Meta = common.begin },
  {
    traverse = "topdown",
    Div = concerns.conditional.Div,
    Span = function(span)
      return concerns.conditional.Span(span) or concerns.shortcodes.Span(span)
    end,
    Para = concerns.shortcodes.Para,
    Image = concerns.images.Image,
    RawBlock = common.readable,
  },
  { Pandoc = function(document)
    local crossref = require("crossref")
    document.blocks = require("blocks").visit(document.blocks)
    document.meta = concerns.title.completed(document.meta)
    document = document:walk(crossref.references())
    crossref.warn()
    common.finish(document)
    return document
  end },
}
