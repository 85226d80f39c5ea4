-- Goes through the document once, in the order of its text, so that what is numbered is numbered as it is read.

local code = require("code")
local common = require("common")
local crossref = require("crossref")
local float = require("float")

local M = {}

local divs = {
  require("callout"),
  require("tabset"),
  require("theorem"),
  float,
  require("layout"),
}

local visit

local function visit_div(div, parent)
  for _, concern in ipairs(divs) do
    if concern.is(div) then
      return concern.of(div, parent, visit)
    end
  end
  if common.is_html and common.has_class(div, "aside") and not common.has_class(div, "column-margin") then
    div.classes:insert("column-margin")
  end
  div.content = visit(div.content, parent)
  return div
end

local function visit_items(items, parent)
  return items:map(function(item)
    return visit(item, parent)
  end)
end

local visitors = {
  Div = visit_div,
  Header = crossref.section,
  Para = function(block, parent)
    return float.paragraph(block, parent) or crossref.equations(block)
  end,
  Plain = function(block)
    return crossref.equations(block)
  end,
  Table = float.table,
  CodeBlock = float.listing,
  BlockQuote = function(block, parent)
    block.content = visit(block.content, parent)
    return block
  end,
  BulletList = function(block, parent)
    block.content = visit_items(block.content, parent)
    return block
  end,
  OrderedList = function(block, parent)
    block.content = visit_items(block.content, parent)
    return block
  end,
  DefinitionList = function(block, parent)
    block.content = block.content:map(function(item)
      return { item[1], visit_items(pandoc.List(item[2]), parent) }
    end)
    return block
  end,
}

-- What a block becomes: nothing else, another block, or a list of blocks.
function visit(blocks, parent)
  local result = pandoc.List()
  for _, block in ipairs(code.annotate(blocks)) do
    local visitor = visitors[block.t]
    local made = visitor and visitor(block, parent)
    if made == nil then
      result:insert(block)
    elseif made.t then
      result:insert(made)
    else
      result:extend(made)
    end
  end
  return result
end

M.visit = visit

return M
