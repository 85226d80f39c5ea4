-- Content for some formats only: .content-visible and .content-hidden.

local common = require("common")

local families = {
  html = { "html", "revealjs", "epub", "slidy", "s5" },
  ["html:js"] = { "html", "revealjs" },
  latex = { "latex", "pdf", "beamer" },
  pdf = { "pdf", "latex", "beamer" },
  markdown = { "markdown", "gfm", "commonmark", "hugo" },
}

local function is_format(name)
  local format = common.format:gsub("^html[45]$", "html"):gsub("^epub[23]$", "epub"):gsub("[+-].*$", "")
  if common.format:match("^html") and name == "html" then
    return true
  end
  for _, member in ipairs(families[name] or { name }) do
    if member == format then
      return true
    end
  end
  return false
end

local function is_set(path)
  return common.flag(path) == true
end

-- Takes the conditions off the element; nil when it has none.
local function holds(element)
  local attributes, answer = element.attributes, true
  local conditions = {
    { "when-format", is_format, true },
    { "unless-format", is_format, false },
    { "when-meta", is_set, true },
    { "unless-meta", is_set, false },
    -- No profile is ever active.
    { "when-profile", function() return false end, true },
    { "unless-profile", function() return false end, false },
  }
  for _, condition in ipairs(conditions) do
    local value = common.take(attributes, condition[1])
    if value then
      answer = answer and condition[2](value) == condition[3]
    end
  end
  return answer
end

local function shown(element)
  local visible = common.has_class(element, "content-visible")
  if not visible and not common.has_class(element, "content-hidden") then
    return nil
  end
  if holds(element) ~= visible then
    return {}
  end
  element.classes = element.classes:filter(function(class)
    return class ~= "content-visible" and class ~= "content-hidden"
  end)
  local is_bare = element.identifier == "" and #element.classes == 0 and #element.attributes == 0
  return is_bare and element.content or element
end

-- What stands aside in running text.
local function span(element)
  if common.is_html and common.has_class(element, "aside") and not common.has_class(element, "column-margin") then
    element.classes:extend({ "column-margin", "margin-aside" })
    return element
  end
  return shown(element)
end

return { Div = shown, Span = span }
