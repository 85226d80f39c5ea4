-- Blocks beside each other: layout-ncol, layout-nrow and layout.

local common = require("common")

local M = {}

-- Takes the arrangement off a div; nil when it has none.
function M.take(div)
  local attributes = div.attributes
  local arrangement = {
    columns = tonumber(common.take(attributes, "layout-ncol") or ""),
    rows = tonumber(common.take(attributes, "layout-nrow") or ""),
    widths = common.take(attributes, "layout"),
    valign = common.take(attributes, "layout-valign"),
    align = common.take(attributes, "layout-align"),
  }
  return (arrangement.columns or arrangement.rows or arrangement.widths) and arrangement or nil
end

-- Rows of widths, in shares; negative ones are left empty.
local function rows_of_widths(text)
  local rows = {}
  local inner = text:match("^%s*%[(.*)%]%s*$") or ""
  local nested = inner:find("[", 1, true)
  for row in (nested and inner or "[" .. inner .. "]"):gmatch("%[([^%[%]]*)%]") do
    local widths = {}
    for number in row:gmatch("%-?[%d.]+") do
      widths[#widths + 1] = tonumber(number) or 1
    end
    if #widths > 0 then
      rows[#rows + 1] = widths
    end
  end
  return rows, nested ~= nil
end

local function even(count)
  local widths = {}
  for index = 1, count do
    widths[index] = 1
  end
  return widths
end

local function total(widths)
  local sum = 0
  for _, width in ipairs(widths) do
    sum = sum + math.abs(width)
  end
  return sum > 0 and sum or 1
end

-- Cells by row, each with its share of the width; a cell without blocks is a gap.
local function placed(blocks, arrangement)
  local patterns = arrangement.widths and rows_of_widths(arrangement.widths) or {}
  if #patterns == 0 then
    local columns = arrangement.columns or math.ceil(#blocks / math.max(arrangement.rows or 1, 1))
    patterns = { even(math.max(1, math.min(columns, 100))) }
  end
  local rows, index, turn = {}, 1, 1
  while index <= #blocks do
    local widths, row = patterns[math.min(turn, #patterns)], {}
    local has_content = false
    for _, width in ipairs(widths) do
      local share = math.abs(width) / total(widths)
      if width < 0 then
        row[#row + 1] = { share = share }
      elseif blocks[index] then
        row[#row + 1] = { share = share, block = blocks[index] }
        index, has_content = index + 1, true
      end
    end
    if not has_content then
      break -- nothing but gaps in this row
    end
    rows[#rows + 1] = row
    turn = turn + 1
  end
  return rows
end

local justified = { left = "flex-start", right = "flex-end", center = "center" }
local aligned = { top = "flex-start", bottom = "flex-end", center = "center" }

local function html_rows(rows, arrangement)
  local result = pandoc.List()
  for _, row in ipairs(rows) do
    local cells = pandoc.List()
    for _, cell in ipairs(row) do
      local style = ("flex-basis: %.1f%%;justify-content: %s;"):format(cell.share * 100,
        justified[arrangement.align or "left"] or "flex-start")
      cells:insert(pandoc.Div(cell.block and { cell.block } or {},
        pandoc.Attr("", { "quarto-layout-cell" }, { style = style })))
    end
    local attributes = {}
    if aligned[arrangement.valign or ""] then
      attributes.style = "align-items: " .. aligned[arrangement.valign] .. ";"
    end
    local classes = { "quarto-layout-row" }
    if aligned[arrangement.valign or ""] then
      classes[2] = "quarto-layout-valign-" .. arrangement.valign
    end
    result:insert(pandoc.Div(cells, pandoc.Attr("", classes, attributes)))
  end
  return result
end

-- A table without lines, which is how a word processor puts things beside each other.
local function table_of(row)
  local aligns, widths, cells = {}, {}, {}
  for index, cell in ipairs(row) do
    aligns[index], widths[index] = pandoc.AlignDefault, cell.share
    cells[index] = cell.block and { cell.block } or {}
  end
  return pandoc.utils.from_simple_table(pandoc.SimpleTable({}, aligns, widths, {}, { cells }))
end

local function columns_of(row)
  return pandoc.Div(pandoc.List(row):map(function(cell)
    local width = ("%.0f%%"):format(cell.share * 100)
    return pandoc.Div(cell.block and { cell.block } or {}, pandoc.Attr("", { "column" }, { width = width }))
  end), pandoc.Attr("", { "columns" }))
end

function M.arranged(blocks, arrangement)
  local rows = placed(blocks, arrangement)
  if common.is_html then
    return html_rows(rows, arrangement)
  elseif FORMAT == "docx" or FORMAT == "odt" then
    return pandoc.List(rows):map(table_of)
  elseif FORMAT == "pptx" and #rows == 1 and #rows[1] == 2 then
    return pandoc.List({ columns_of(rows[1]) })
  end
  return blocks
end

function M.is(div)
  return div.attributes["layout-ncol"] or div.attributes["layout-nrow"] or div.attributes.layout
end

function M.of(div, parent, visit)
  local arrangement = M.take(div)
  local content = visit(div.content, parent)
  if not arrangement then
    div.content = content
    return div
  end
  div.classes:insert("quarto-layout-panel")
  div.content = M.arranged(content, arrangement)
  return div
end

return M
