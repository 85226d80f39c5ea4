-- The words that Quarto's documents are given, by its names for them, in the languages that Verso knows.
-- A language lists its words in the order of `names`; crossref titles are prefixes too.

local names = {
  "toc-title-document", "section-title-abstract", "section-title-footnotes", "section-title-references",
  "section-title-appendices", "callout-note-title", "callout-tip-title", "callout-warning-title",
  "callout-important-title", "callout-caution-title", "code-summary", "copy-button-tooltip",
  "title-block-author-single", "title-block-author-plural", "title-block-affiliation-single", "title-block-published",
  "title-block-modified", "title-block-keywords", "environment-proof-title", "environment-remark-title",
  "environment-solution-title", "crossref-fig-title", "crossref-tbl-title", "crossref-lst-title",
  "crossref-thm-title", "crossref-lem-title", "crossref-cor-title", "crossref-prp-title", "crossref-cnj-title",
  "crossref-def-title", "crossref-exm-title", "crossref-exr-title", "crossref-alg-title", "crossref-sec-prefix",
  "crossref-eq-prefix", "crossref-ch-prefix",
}

local languages = {
  en = {
    words = {
      "Table of contents", "Abstract", "Footnotes", "References",
      "Appendices", "Note", "Tip", "Warning",
      "Important", "Caution", "Code", "Copy to Clipboard",
      "Author", "Authors", "Affiliation", "Published",
      "Modified", "Keywords", "Proof", "Remark",
      "Solution", "Figure", "Table", "Listing",
      "Theorem", "Lemma", "Corollary", "Proposition", "Conjecture",
      "Definition", "Example", "Exercise", "Algorithm", "Section",
      "Equation", "Chapter",
    },
    months = "January February March April May June July August September October November December",
    days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    long = "MMMM D, YYYY", short = "M/D/YY",
  },
  de = {
    words = {
      "Inhaltsverzeichnis", "Zusammenfassung", "Fußnoten", "Literatur",
      "Anhang", "Hinweis", "Tipp", "Warnung",
      "Wichtig", "Vorsicht", "Code", "In die Zwischenablage kopieren",
      "Autor:in", "Autor:innen", "Zugehörigkeit", "Veröffentlichungsdatum",
      "Geändert", "Schlüsselwörter", "Beweis", "Bemerkung",
      "Lösung", "Abbildung", "Tabelle", "Listing",
      "Theorem", "Lemma", "Korollar", "Proposition", "Vermutung",
      "Definition", "Beispiel", "Übung", "Algorithmus", "Abschnitt",
      "Gleichung", "Kapitel",
    },
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    days = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    long = "D. MMMM YYYY", short = "DD.MM.YY",
  },
  fr = {
    words = {
      "Table des matières", "Résumé", "Notes de bas de page", "Les références",
      "Annexes", "Note", "Astuce", "Avertissement",
      "Important", "Mise en garde", "Code", "Copier vers le presse-papier",
      "Auteur·rice", "Auteur·rices", "Affiliation", "Date de publication",
      "Modifié", "Mots clés", "Preuve", "Remarque",
      "Solution", "Figure", "Table", "Listing",
      "Théorème", "Lemme", "Corollaire", "Proposition", "Conjecture",
      "Définition", "Exemple", "Exercice", "Algorithme", "Section",
      "Équation", "Chapitre",
    },
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    days = "dimanche lundi mardi mercredi jeudi vendredi samedi",
    long = "D MMMM YYYY", short = "DD/MM/YYYY",
  },
  es = {
    words = {
      "Tabla de contenidos", "Resumen", "Notas", "Referencias",
      "Apéndices", "Nota", "Tip", "Advertencia",
      "Importante", "Precaución", "Código", "Copiar al portapapeles",
      "Autor/a", "Autores/as", "Afiliación", "Fecha de publicación",
      "Fecha de modificación", "Palabras clave", "Prueba", "Observación",
      "Solución", "Figura", "Tabla", "Listado",
      "Teorema", "Lema", "Corolario", "Proposición", "Conjetura",
      "Definición", "Ejemplo", "Ejercicio", "Algoritmo", "Sección",
      "Ecuación", "Capítulo",
    },
    months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    days = "domingo lunes martes miércoles jueves viernes sábado",
    long = "D [de] MMMM [de] YYYY", short = "D/M/YY",
  },
  it = {
    words = {
      "Indice", "Abstract", "Note", "Riferimenti",
      "Appendici", "Nota", "Suggerimento", "Avvertimento",
      "Importante", "Attenzione", "Codice", "Copia negli appunti",
      "Autore/Autrice", "Autori/Autrici", "Affiliazione", "Data di pubblicazione",
      "Data di modifica", "Parole chiave", "Dimostrazione", "Osservazione",
      "Soluzione", "Figura", "Tabella", "Elenco",
      "Teorema", "Lemma", "Corollario", "Proposizione", "Congettura",
      "Definizione", "Esempio", "Esercizio", "Algoritmo", "Sezione",
      "Equazione", "Capitolo",
    },
    months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    days = "domenica lunedì martedì mercoledì giovedì venerdì sabato",
    long = "D MMMM YYYY", short = "DD/MM/YY",
  },
  pt = {
    words = {
      "Índice", "Resumo", "Notas de rodapé", "Referências",
      "Apêndices", "Nota", "Dica", "Aviso",
      "Importante", "Cuidado", "Código", "Copiar para a área de transferência",
      "Autor", "Autores", "Afiliação", "Data de Publicação",
      "Data de Modificação", "Palavras-chave", "Demonstração", "Observação",
      "Solução", "Figura", "Tabela", "Listagem",
      "Teorema", "Lema", "Corolário", "Proposição", "Conjetura",
      "Definição", "Exemplo", "Exercício", "Algoritmo", "Secção",
      "Equação", "Capítulo",
    },
    months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    days = "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
    long = "D [de] MMMM [de] YYYY", short = "DD/MM/YY",
  },
  nl = {
    words = {
      "Inhoudsopgave", "Samenvatting", "Voetnoten", "Referenties",
      "Bijlagen", "Opmerking", "Tip", "Waarschuwing",
      "Belangrijk", "Opgelet", "Code", "Kopieer naar klembord",
      "Auteur", "Auteurs", "Affiliatie", "Publicatiedatum",
      "Wijzigingsdatum", "Trefwoorden", "Bewijs", "Opmerking",
      "Oplossing", "Figuur", "Tabel", "Codefragment",
      "Stelling", "Lemma", "Gevolg", "Propositie", "Vermoeden",
      "Definitie", "Voorbeeld", "Opdracht", "Algoritme", "Paragraaf",
      "Vergelijking", "Hoofdstuk",
    },
    months = "januari februari maart april mei juni juli augustus september oktober november december",
    days = "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    long = "D MMMM YYYY", short = "DD-MM-YYYY",
  },
  pl = {
    words = {
      "Spis treści", "Abstrakt", "Przypisy", "Bibliografia",
      "Załączniki", "Notatka", "Wskazówka", "Ostrzeżenie",
      "Ważne", "Przestroga", "Kod", "Kopiuj do schowka",
      "Autor", "Autorzy", "Afiliacja", "Opublikowano",
      "Zmodyfikowano", "Słowa kluczowe", "Dowód", "Uwaga",
      "Rozwiązanie", "Rysunek", "Tabela", "Listing",
      "Twierdzenie", "Lemat", "Wniosek", "Stwierdzenie", "Hipoteza",
      "Definicja", "Przykład", "Ćwiczenie", "Algorytm", "Sekcja",
      "Równanie", "Rozdział",
    },
    months = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    days = "niedziela poniedziałek wtorek środa czwartek piątek sobota",
    long = "D MMMM YYYY", short = "D.MM.YYYY",
  },
  ja = {
    words = {
      "目次", "概要", "脚注", "参考文献",
      "付録", "注釈", "ヒント", "警告",
      "重要", "注意", "コード", "クリップボードにコピー",
      "著者", "著者", "所属", "公開",
      "更新日", "キーワード", "証明", "注",
      "解答", "図", "表", "リスト",
      "定理", "補題", "系", "命題", "予想",
      "定義", "例", "練習", "アルゴリズム", "セクション",
      "式", "章",
    },
    months = "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    days = "日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日",
    long = "YYYY年M月D日", short = "YYYY/MM/DD",
  },
  zh = {
    words = {
      "目录", "摘要", "脚注", "参考文献",
      "附录", "注记", "提示", "警告",
      "重要", "注意", "代码", "复制到剪贴板",
      "作者", "作者", "单位", "发布于",
      "修改于", "关键词", "证明", "注记",
      "解", "图", "表", "列表",
      "定理", "引理", "推论", "命题", "猜想",
      "定义", "例", "习题", "算法", "小节",
      "方程式", "章节",
    },
    months = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
    days = "星期日 星期一 星期二 星期三 星期四 星期五 星期六",
    long = "YYYY年M月D日", short = "YYYY/M/D",
  },
}

local aliases = { ["crossref-nte-title"] = "callout-note-title", ["crossref-tip-title"] = "callout-tip-title",
  ["crossref-wrn-title"] = "callout-warning-title", ["crossref-imp-title"] = "callout-important-title",
  ["crossref-cau-title"] = "callout-caution-title", ["crossref-rem-title"] = "environment-remark-title",
  ["crossref-sol-title"] = "environment-solution-title" }

local M = {}

local function split(text)
  local parts = {}
  for part in text:gmatch("%S+") do
    parts[#parts + 1] = part
  end
  return parts
end

local function language(tag)
  return languages[tag:match("^%a+") and tag:match("^%a+"):lower() or "en"] or languages.en
end

-- The words of a language, by name; English where it is not known.
function M.of(tag)
  local words, list = {}, language(tag).words
  for index, name in ipairs(names) do
    words[name] = list[index]
    local prefix = name:gsub("^(crossref%-%a+)%-title$", "%1-prefix")
    words[prefix] = list[index]
  end
  for name, other in pairs(aliases) do
    words[name] = words[other]
    words[name:gsub("title$", "prefix")] = words[other]
  end
  return words
end

-- The months, days and usual forms of dates.
function M.calendar(tag)
  local own = language(tag)
  return { months = split(own.months), days = split(own.days), long = own.long, short = own.short }
end

return M
