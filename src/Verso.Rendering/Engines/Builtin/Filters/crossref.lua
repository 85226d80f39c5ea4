-- Numbers what can be referred to (figures, tables, sections, equations, …), and makes links of the references.

local common = require("common")

local M = {}

local kinds = { "fig", "tbl", "lst", "sec", "eq", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem",
  "alg", "nte", "wrn", "cau", "tip", "imp" }
local known = {}
for _, kind in ipairs(kinds) do
  known[kind] = true
end

local entries = {} -- by identifier
local counters = {} -- by kind
local section_numbers = { 0, 0, 0, 0, 0, 0 }
local custom -- kinds that the document defines, by key

local function custom_kinds()
  if not custom then
    custom = {}
    local list = common.at("crossref.custom")
    for _, entry in ipairs(type(list) == "table" and list or {}) do
      if type(entry) == "table" and entry.key and entry["reference-prefix"] then
        custom[pandoc.utils.stringify(entry.key)] = entry
      end
    end
  end
  return custom
end

-- The kind that an identifier announces, or nil.
function M.kind(identifier)
  local kind = identifier:match("^(%a+)%-.")
  return kind and (known[kind] or custom_kinds()[kind]) and kind or nil
end

function M.is_float(identifier)
  local kind = M.kind(identifier)
  return kind and (kind == "fig" or kind == "tbl" or kind == "lst" or custom_kinds()[kind] ~= nil)
end

local function roman(number)
  local text = ""
  for _, step in ipairs({ { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
    { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } }) do
    while number >= step[1] do
      text, number = text .. step[2], number - step[1]
    end
  end
  return text
end

local function alpha(number, first)
  local text = ""
  while number > 0 do
    text = string.char(first + (number - 1) % 26) .. text
    number = (number - 1) // 26
  end
  return text
end

-- As the settings write it: "arabic", "alpha a", "roman I".
local function styled(number, style)
  local name, first = (style or "arabic"):match("^(%a+)%s*(%a?)")
  if name == "alpha" then
    return alpha(number, (first == "" and "a" or first):byte())
  elseif name == "roman" then
    local text = roman(number)
    return first:match("%u") and text:upper() or text
  end
  return tostring(number)
end

local function prefixed(number)
  return common.flag("crossref.chapters") and section_numbers[1] > 0 and section_numbers[1] .. "." .. number or number
end

-- The next number of a kind, for the element with this identifier; `parent` when it is a part of another.
function M.register(identifier, kind, title, parent)
  local entry = { kind = kind, title = title }
  if parent then
    parent.parts = (parent.parts or 0) + 1
    entry.parent = parent.entry
    entry.number = "(" .. styled(parent.parts, common.text("crossref.subref-labels") or "alpha a") .. ")"
  else
    counters[kind] = (counters[kind] or 0) + 1
    local style = common.text("crossref." .. kind .. "-labels") or common.text("crossref.labels")
    entry.number = prefixed(styled(counters[kind], style))
  end
  M.remember(identifier, entry)
  return entry
end

function M.remember(identifier, entry)
  if identifier == "" then
    return
  end
  if entries[identifier] then
    common.warn("^#" .. identifier, "The label '" .. identifier .. "' is taken already; choose another.")
    return
  end
  entries[identifier] = entry
end

-- What stands in front of a caption's number, and in front of a reference's.
local function caption_title(kind)
  local own = custom_kinds()[kind]
  return common.text("crossref." .. kind .. "-title")
    or own and pandoc.utils.stringify(own["caption-prefix"] or own["reference-prefix"])
    or common.word("crossref-" .. kind .. "-title")
end

local function reference_prefix(kind)
  local own = custom_kinds()[kind]
  return common.text("crossref." .. kind .. "-prefix")
    or own and pandoc.utils.stringify(own["reference-prefix"])
    or common.word("crossref-" .. kind .. "-prefix")
end

M.caption_title = caption_title

-- The space in front of a number, which no line ends at; a kind may want none.
local function space(kind)
  local own = custom_kinds()[kind]
  return own and own["space-before-numbering"] == false and "" or "\u{a0}"
end

-- A caption with its number: "Figure 1: …".
function M.caption(entry, inlines)
  local label = entry.parent and entry.number or caption_title(entry.kind) .. space(entry.kind) .. entry.number
  local caption = pandoc.List({ pandoc.Str(label) })
  if inlines and #inlines > 0 then
    if not entry.parent then
      caption[1].text = label .. (common.text("crossref.title-delim") or ":")
    end
    caption:insert(pandoc.Space())
    caption:extend(inlines)
  end
  return caption
end

local function numbers_sections()
  return common.flag("number-sections") == true
end

-- A heading: its number, when sections have numbers, and what it is called.
function M.section(header)
  local identifier = header.identifier
  local kind = M.kind(identifier) == "sec" and "sec" or nil
  local depth = tonumber(common.text("number-depth") or "") or 6
  local entry = { kind = "sec", title = header.content }
  if common.has_class(header, "unnumbered") then
    if kind then
      M.remember(identifier, entry)
    end
    return header
  end
  section_numbers[header.level] = section_numbers[header.level] + 1
  for level = header.level + 1, 6 do
    section_numbers[level] = 0
  end
  if header.level == 1 and common.flag("crossref.chapters") then
    counters = {}
  end
  if numbers_sections() and header.level <= depth then
    local first = 1
    while section_numbers[first] == 0 and first < header.level do
      first = first + 1 -- documents may begin with headings of the second level
    end
    entry.number = table.concat(section_numbers, ".", first, header.level)
    if common.is_html then
      header.attributes["data-number"] = entry.number
    end
    local number = pandoc.Span({ pandoc.Str(entry.number) }, pandoc.Attr("", { "header-section-number" }))
    entry.title = header.content:clone()
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, common.is_html and number or pandoc.Str(entry.number))
  end
  if kind then
    M.remember(identifier, entry)
  end
  return header
end

-- Displayed mathematics that is followed by {#eq-…}.
function M.equations(block)
  local content, changed = block.content, false
  local made = pandoc.List()
  local index = 1
  while index <= #content do
    local inline = content[index]
    local after = index + 1
    local gap = content[after]
    if gap and (gap.t == "Space" or gap.t == "SoftBreak") then
      after = after + 1
    end
    local mark = content[after]
    local identifier, rest
    if inline.t == "Math" and inline.mathtype == "DisplayMath" and mark and mark.t == "Str" then
      identifier, rest = mark.text:match("^{#(eq%-[^%s}]+)}(.*)$")
    end
    if identifier then
      changed = true
      local entry = M.register(identifier, "eq")
      local number = pandoc.Span({ pandoc.Str("(" .. entry.number .. ")") }, pandoc.Attr("", { "quarto-eq-number" }))
      made:insert(pandoc.Span({ inline, number }, pandoc.Attr(identifier, { "quarto-equation" })))
      if rest ~= "" then
        made:insert(pandoc.Str(rest))
      end
      index = after + 1
    else
      made:insert(inline)
      index = index + 1
    end
  end
  if changed then
    block.content = made
    return block
  end
end

local function link(identifier, inlines)
  if common.flag("crossref.ref-hyperlink") == false then
    return pandoc.Span(inlines)
  end
  -- A class would make Markdown write it as HTML.
  return pandoc.Link(inlines, "#" .. identifier, "", pandoc.Attr("", common.is_html and { "quarto-xref" } or {}))
end

local function capitalised(text)
  local first = utf8.offset(text, 2) or #text + 1
  return pandoc.text.upper(text:sub(1, first - 1)) .. text:sub(first)
end

-- The number as it stands in a reference: a part is named after the whole.
local function number_of(entry)
  return entry.parent and entry.parent.number .. "\u{a0}" .. entry.number or entry.number
end

local function reference(citation, identifier, entry, is_capital)
  if citation.mode == "SuppressAuthor" then
    return link(identifier, { pandoc.Str(number_of(entry) or "?") })
  end
  if not entry.number then
    return link(identifier, entry.title or { pandoc.Str(identifier) })
  end
  local own = citation.prefix
  local text = pandoc.List()
  if #own > 0 then
    text:extend(own)
    text:insert(pandoc.Str("\u{a0}" .. number_of(entry)))
  else
    local kind = entry.parent and entry.parent.kind or entry.kind
    local prefix = reference_prefix(kind)
    if kind == "sec" and common.flag("crossref.chapters") and not entry.number:find(".", 1, true) then
      prefix = common.word("crossref-ch-prefix")
    end
    prefix = is_capital and capitalised(prefix) or prefix
    text:insert(pandoc.Str((prefix == "" and "" or prefix .. space(kind)) .. number_of(entry)))
  end
  return link(identifier, text)
end

local identifiers, targets = {}, {}

local function seen(element)
  if element.identifier ~= "" then
    identifiers[element.identifier] = true
  end
end

local function seen_in_html(element)
  for _, name in ipairs({ "id", "name" }) do
    for identifier in element.text:gmatch("%s" .. name .. "%s*=%s*[\"']?([^\"'%s>]+)") do
      identifiers[identifier] = true
    end
  end
end

local function cited(cite)
  local rest, made = pandoc.List(), pandoc.List()
  for _, citation in ipairs(cite.citations) do
    local identifier = citation.id
    -- @Fig-x begins a sentence.
    local lowered = identifier:gsub("^%u", string.lower)
    local kind = M.kind(identifier) or M.kind(lowered)
    local entry = entries[identifier] or entries[lowered]
    if not kind then
      rest:insert(citation)
    else
      if #made > 0 then
        made:extend({ pandoc.Str(","), pandoc.Space() })
      end
      if entry then
        local target = entries[identifier] and identifier or lowered
        made:insert(reference(citation, target, entry, target ~= identifier))
        made:extend(citation.suffix)
      else
        common.warn("@" .. identifier, "Nothing here is labelled '" .. lowered .. "'; the reference is left open.")
        made:insert(pandoc.Span({ pandoc.Strong({ pandoc.Str("?@" .. identifier) }) },
          pandoc.Attr("", { "quarto-unresolved-ref" })))
      end
    end
  end
  if #made == 0 then
    return nil
  end
  if #rest > 0 then
    made:extend({ pandoc.Str(";"), pandoc.Space(), pandoc.Cite(rest:map(function(citation)
      return pandoc.Str("@" .. citation.id)
    end), rest) })
  end
  return made
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then
    file:close()
  end
  return file ~= nil
end

-- Whether a link to another file of the project leads anywhere.
local function look_for(target)
  local path = target:gsub("[?#].*$", ""):gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end)
  if path == "" or path:match("^%a[%w+.-]*:") or path:match("^/") then
    return
  end
  local source = path:gsub("%.html$", ".qmd")
  if not exists(path) and not exists(source) then
    common.warn(target, "The link '" .. target .. "' leads nowhere: there is no such file.")
  end
end

-- The walk that resolves references, and looks whether links inside the document lead anywhere.
function M.references()
  return {
    Cite = cited,
    Link = function(element)
      seen(element)
      local target = element.target:match("^#(.+)$")
      if target then
        targets[#targets + 1] = target
      else
        look_for(element.target)
      end
    end,
    Header = seen, Div = seen, Span = seen, CodeBlock = seen, Code = seen, Image = seen, Table = seen,
    RawInline = seen_in_html,
    RawBlock = seen_in_html,
  }
end

function M.warn()
  for _, target in ipairs(targets) do
    local plain = target:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end)
    if not identifiers[target] and not identifiers[plain] and not entries[target] and target ~= "top"
      and not target:match("^/") and not target:match("^ref%-") and not target:match("^fn") then
      common.warn("#" .. target, "The link '#" .. target .. "' leads nowhere: nothing in the document has this name.")
    end
  end
end

return M
