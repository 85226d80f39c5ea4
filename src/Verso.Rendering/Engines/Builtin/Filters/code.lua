-- Blocks of code: folding, line numbers, file names, copying, wrapping and annotations.

local common = require("common")

local M = {}

local function is_on(value)
  return value == "true"
end

local function setting(block, name)
  return common.take(block.attributes, name) or common.text(name)
end

local function folded(content, fold, summary)
  local opening = fold == "show" and '<details open class="code-fold">' or '<details class="code-fold">'
  return {
    common.html(opening .. "<summary>" .. common.escaped(summary) .. "</summary>"),
    content,
    common.html("</details>"),
  }
end

local function named(content, name)
  if not common.is_html then
    return { pandoc.Para({ pandoc.Strong({ pandoc.Str(name) }) }), content }
  end
  return pandoc.Div({
    pandoc.Div({ common.html("<pre><strong>" .. common.escaped(name) .. "</strong></pre>") },
      pandoc.Attr("", { "code-with-filename-file" })),
    content,
  }, pandoc.Attr("", { "code-with-filename" }))
end

-- Whether a block is an author's code, not what a cell printed.
local function is_source(block)
  return block.classes[1] ~= nil and not common.has_class(block, "cell-printed")
end

-- What a block of code becomes: itself with Quarto's classes, or blocks around it.
function M.block(block)
  local fold = common.take(block.attributes, "code-fold")
  local summary = common.take(block.attributes, "code-summary") or common.text("code-summary")
    or common.word("code-summary")
  local name = common.take(block.attributes, "filename")
  local is_printed = common.has_class(block, "cell-printed")
  block.classes = block.classes:filter(function(class)
    return class ~= "cell-printed"
  end)
  local numbers, overflow = setting(block, "code-line-numbers"), setting(block, "code-overflow")
  local copy = setting(block, "code-copy")
  if common.is_html and is_source(block) and not is_printed then
    if numbers and (is_on(numbers) or numbers:match("^[%d,|-]+$")) and not common.is_slides then
      block.classes:insert("numberLines")
    elseif numbers and numbers ~= "false" and common.is_slides then
      block.attributes["code-line-numbers"] = numbers
    end
    if overflow == "wrap" then
      block.classes:insert("code-overflow-wrap")
    end
    if copy ~= "false" and not common.is_slides then
      block.classes:insert("code-with-copy")
    end
  end
  local result = block
  if name then
    result = named(block, name)
  end
  if common.is_html and (fold == "true" or fold == "show") then
    result = folded(result.t and result or pandoc.Div(result), fold, summary)
  end
  return result
end

local comment = "^(.-)%s*([#/%%;!%-][#/%%;!%-]?)%s*<(%d+)>%s*$"
local markup = "^(.-)%s*<!%-%-%s*<(%d+)>%s*%-%->%s*$"

local function circled(number)
  return number <= 20 and utf8.char(0x245F + number) or "(" .. number .. ")"
end

-- The code with its marks made readable, and the lines of each mark.
local function marks_of(text, without)
  local lines, marks, count = {}, {}, 0
  for line in (text .. "\n"):gmatch("(.-)\n") do
    count = count + 1
    local code, sign, number = line:match(comment)
    if not code then
      code, number = line:match(markup)
      sign = "<!--"
    end
    number = tonumber(number or "")
    if number and number > 0 then
      marks[number] = marks[number] or {}
      table.insert(marks[number], count)
      line = without and code or code .. " " .. sign .. " " .. circled(number) .. (sign == "<!--" and " -->" or "")
    end
    lines[count] = line
  end
  return table.concat(lines, "\n"), marks, next(marks) ~= nil
end

-- The code of a block, or of a cell.
local function code_in(block)
  if block.t == "CodeBlock" then
    return block
  elseif block.t == "Div" and common.has_class(block, "cell") then
    for _, inner in ipairs(block.content) do
      if inner.t == "CodeBlock" and common.has_class(inner, "cell-code") then
        return inner
      end
    end
  end
end

local cells = 0

local function explanations(list, marks)
  cells = cells + 1
  local name = "annotated-cell-" .. cells
  if not common.is_html then
    return pandoc.DefinitionList(list.content:map(function(item, index)
      return { { pandoc.Str(circled(index)) }, { item } }
    end))
  end
  local blocks = pandoc.List({ common.html('<dl class="code-annotation-container-grid">') })
  for index, item in ipairs(list.content) do
    local lines = table.concat(marks[index] or {}, ",")
    blocks:insert(common.html(('<dt data-target-cell="%s" data-target-annotation="%d">%s</dt><dd>'
      .. '<span data-code-cell="%s" data-code-lines="%s" data-code-annotation="%d">'):format(
      name, index, circled(index), name, lines, index)))
    blocks:insert(pandoc.Plain(pandoc.utils.blocks_to_inlines(item)))
    blocks:insert(common.html("</span></dd>"))
  end
  blocks:insert(common.html("</dl>"))
  return pandoc.Div(blocks, pandoc.Attr("", { "cell-annotation" }))
end

-- Puts together code with marks and the numbered list below that explains them.
function M.annotate(blocks)
  local mode = common.text("code-annotations")
  if mode == "false" then
    return blocks
  end
  local result = pandoc.List()
  for _, block in ipairs(blocks) do
    local before = result[#result]
    local code = block.t == "OrderedList" and before and code_in(before)
    local text, marks, found
    if code then
      text, marks, found = marks_of(code.text)
    end
    if not found then
      result:insert(block)
    elseif mode == "none" then
      code.text = marks_of(code.text, true)
    else
      code.text = text
      result:insert(explanations(block, marks))
    end
  end
  return result
end

return M
