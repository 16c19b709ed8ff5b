//! The words the program says itself, by language: `Chapter`, `Figure`, `Contents`.
//!
//! In:     a language tag.
//! Out:    [`Wording`]; English where we have no words of the language.
//! Absent: the author's words.
//!
//! Words that stand before a number are written with the number's place as `{}` where the number does not simply
//! follow; words with a name in them always have the `{}`.

use crate::base::Lang;

macro_rules! wording {
    ($($(#[$about:meta])* $field:ident,)*) => {
        /// The program's words in one language.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Wording {
            $($(#[$about])* pub $field: &'static str,)*
        }
    };
}

wording! {
    part, chapter, section, figure, table, equation,
    contents, figures, tables, index, notes,
    note, tip, important, warning, caution,
    page, see, see_also, cover, continued, back_to_text,
    /// The lists of printed pages and of a book's chief places, for machines.
    pages, landmarks,
    /// The editions, after an ISBN.
    print, ebook,
    /// Before the names of people: `Translated by {}`.
    translated, edited, illustrated, contributed,
    /// What an e-book offers to whom, for its description in shops and libraries: the text, the pictures when all or not
    /// all of them have words, the page numbers.
    readable, described, undescribed, same_pages,
    /// `Set in {}.`: the faces of the text.
    set_in,
    /// `Made with {}.`: this program.
    made_with,
}

/// One language; the fields may stand in any order and several on a line.
macro_rules! words {
    ($name:ident: $($field:ident $word:literal)*) => {
        const $name: Wording = Wording { $($field: $word,)* };
    };
}

words! { ENGLISH:
    part "Part" chapter "Chapter" section "Section" figure "Figure" table "Table" equation "Equation"
    contents "Contents" figures "Figures" tables "Tables" index "Index" notes "Notes"
    note "Note" tip "Tip" important "Important" warning "Warning" caution "Caution"
    page "page" see "see" see_also "see also" cover "Cover" continued "continued" back_to_text "Back to the text"
    pages "Pages" landmarks "Landmarks"
    print "print" ebook "e-book"
    translated "Translated by {}" edited "Edited by {}" illustrated "Illustrated by {}" contributed "With contributions by {}"
    set_in "Set in {}." made_with "Made with {}."
    readable "The text can be read by eye, by ear and by touch; its parts are marked up as what they are."
    described "All pictures are described." undescribed "Not all pictures are described."
    same_pages "The page numbers are those of the print edition."
}
words! { GERMAN:
    part "Teil" chapter "Kapitel" section "Abschnitt" figure "Abbildung" table "Tabelle" equation "Gleichung"
    contents "Inhalt" figures "Abbildungen" tables "Tabellen" index "Register" notes "Anmerkungen"
    note "Hinweis" tip "Tipp" important "Wichtig" warning "Warnung" caution "Vorsicht"
    page "Seite" see "siehe" see_also "siehe auch" cover "Umschlag" continued "Fortsetzung" back_to_text "Zurück zum Text"
    pages "Seiten" landmarks "Orientierungspunkte"
    print "gedruckt" ebook "E-Book"
    translated "Übersetzt von {}" edited "Herausgegeben von {}" illustrated "Illustriert von {}" contributed "Mit Beiträgen von {}"
    set_in "Gesetzt aus der {}." made_with "Hergestellt mit {}."
    readable "Der Text lässt sich sehend, hörend und tastend lesen; seine Teile sind als das ausgezeichnet, was sie sind."
    described "Alle Bilder sind beschrieben." undescribed "Nicht alle Bilder sind beschrieben."
    same_pages "Die Seitenzahlen sind die der gedruckten Ausgabe."
}
words! { FRENCH:
    part "Partie" chapter "Chapitre" section "Section" figure "Figure" table "Tableau" equation "Équation"
    contents "Table des matières" figures "Table des figures" tables "Liste des tableaux" index "Index" notes "Notes"
    note "Note" tip "Astuce" important "Important" warning "Avertissement" caution "Attention"
    page "page" see "voir" see_also "voir aussi" cover "Couverture" continued "suite" back_to_text "Retour au texte"
    pages "Pages" landmarks "Points de repère"
    print "imprimé" ebook "livre numérique"
    translated "Traduction : {}" edited "Édition : {}" illustrated "Illustrations : {}" contributed "Avec la collaboration de {}"
    set_in "Composé en {}." made_with "Réalisé avec {}."
    readable "Le texte peut être lu à l’œil, à l’oreille et au toucher ; sa structure est balisée."
    described "Toutes les images sont décrites." undescribed "Les images ne sont pas toutes décrites."
    same_pages "Les numéros de page sont ceux de l’édition imprimée."
}
words! { SPANISH:
    part "Parte" chapter "Capítulo" section "Sección" figure "Figura" table "Tabla" equation "Ecuación"
    contents "Índice" figures "Índice de figuras" tables "Índice de tablas" index "Índice analítico" notes "Notas"
    note "Nota" tip "Consejo" important "Importante" warning "Advertencia" caution "Precaución"
    page "página" see "véase" see_also "véase también" cover "Cubierta" continued "continuación" back_to_text "Volver al texto"
    pages "Páginas" landmarks "Puntos de referencia"
    print "impreso" ebook "libro electrónico"
    translated "Traducción: {}" edited "Edición: {}" illustrated "Ilustraciones: {}" contributed "Con la colaboración de {}"
    set_in "Compuesto en {}." made_with "Hecho con {}."
    readable "El texto puede leerse con la vista, el oído y el tacto; su estructura está marcada."
    described "Todas las imágenes tienen descripción." undescribed "No todas las imágenes tienen descripción."
    same_pages "Los números de página son los de la edición impresa."
}
words! { ITALIAN:
    part "Parte" chapter "Capitolo" section "Sezione" figure "Figura" table "Tabella" equation "Equazione"
    contents "Indice" figures "Elenco delle figure" tables "Elenco delle tabelle" index "Indice analitico" notes "Note"
    note "Nota" tip "Suggerimento" important "Importante" warning "Avvertenza" caution "Attenzione"
    page "pagina" see "vedi" see_also "vedi anche" cover "Copertina" continued "continua" back_to_text "Torna al testo"
    pages "Pagine" landmarks "Punti di riferimento"
    print "stampa" ebook "e-book"
    translated "Traduzione di {}" edited "A cura di {}" illustrated "Illustrazioni di {}" contributed "Con contributi di {}"
    set_in "Composto in {}." made_with "Realizzato con {}."
    readable "Il testo può essere letto con la vista, l’udito e il tatto; la sua struttura è marcata."
    described "Tutte le immagini sono descritte." undescribed "Non tutte le immagini sono descritte."
    same_pages "I numeri di pagina sono quelli dell’edizione a stampa."
}
words! { PORTUGUESE:
    part "Parte" chapter "Capítulo" section "Seção" figure "Figura" table "Tabela" equation "Equação"
    contents "Sumário" figures "Lista de figuras" tables "Lista de tabelas" index "Índice remissivo" notes "Notas"
    note "Nota" tip "Dica" important "Importante" warning "Aviso" caution "Cuidado"
    page "página" see "ver" see_also "ver também" cover "Capa" continued "continuação" back_to_text "Voltar ao texto"
    pages "Páginas" landmarks "Pontos de referência"
    print "impresso" ebook "livro eletrônico"
    translated "Tradução: {}" edited "Edição: {}" illustrated "Ilustrações: {}" contributed "Com a colaboração de {}"
    set_in "Composto em {}." made_with "Feito com {}."
    readable "O texto pode ser lido pela visão, pela audição e pelo tato; a sua estrutura está marcada."
    described "Todas as imagens têm descrição." undescribed "Nem todas as imagens têm descrição."
    same_pages "Os números de página são os da edição impressa."
}
words! { DUTCH:
    part "Deel" chapter "Hoofdstuk" section "Paragraaf" figure "Figuur" table "Tabel" equation "Vergelijking"
    contents "Inhoud" figures "Figuren" tables "Tabellen" index "Register" notes "Noten"
    note "Opmerking" tip "Tip" important "Belangrijk" warning "Waarschuwing" caution "Let op"
    page "pagina" see "zie" see_also "zie ook" cover "Omslag" continued "vervolg" back_to_text "Terug naar de tekst"
    pages "Pagina’s" landmarks "Oriëntatiepunten"
    print "gedrukt" ebook "e-boek"
    translated "Vertaald door {}" edited "Geredigeerd door {}" illustrated "Geïllustreerd door {}" contributed "Met bijdragen van {}"
    set_in "Gezet uit de {}." made_with "Gemaakt met {}."
    readable "De tekst is te lezen met oog, oor en vingers; de structuur is gemarkeerd."
    described "Alle afbeeldingen zijn beschreven." undescribed "Niet alle afbeeldingen zijn beschreven."
    same_pages "De paginanummers zijn die van de gedrukte uitgave."
}
words! { SWEDISH:
    part "Del" chapter "Kapitel" section "Avsnitt" figure "Figur" table "Tabell" equation "Ekvation"
    contents "Innehåll" figures "Figurer" tables "Tabeller" index "Register" notes "Noter"
    note "Anmärkning" tip "Tips" important "Viktigt" warning "Varning" caution "Var försiktig"
    page "sida" see "se" see_also "se även" cover "Omslag" continued "fortsättning" back_to_text "Tillbaka till texten"
    pages "Sidor" landmarks "Landmärken"
    print "tryckt" ebook "e-bok"
    translated "Översättning: {}" edited "Redaktör: {}" illustrated "Illustrationer: {}" contributed "Med bidrag av {}"
    set_in "Satt i {}." made_with "Framställd med {}."
    readable "Texten kan läsas med ögon, öron och fingrar; dess struktur är uppmärkt."
    described "Alla bilder är beskrivna." undescribed "Alla bilder är inte beskrivna."
    same_pages "Sidnumren är den tryckta utgåvans."
}
words! { DANISH:
    part "Del" chapter "Kapitel" section "Afsnit" figure "Figur" table "Tabel" equation "Ligning"
    contents "Indhold" figures "Figurer" tables "Tabeller" index "Register" notes "Noter"
    note "Bemærk" tip "Tip" important "Vigtigt" warning "Advarsel" caution "Forsigtig"
    page "side" see "se" see_also "se også" cover "Omslag" continued "fortsat" back_to_text "Tilbage til teksten"
    pages "Sider" landmarks "Landemærker"
    print "trykt" ebook "e-bog"
    translated "Oversættelse: {}" edited "Redaktion: {}" illustrated "Illustrationer: {}" contributed "Med bidrag af {}"
    set_in "Sat med {}." made_with "Fremstillet med {}."
    readable "Teksten kan læses med øjne, ører og fingre; dens struktur er opmærket."
    described "Alle billeder er beskrevet." undescribed "Ikke alle billeder er beskrevet."
    same_pages "Sidetallene er den trykte udgaves."
}
words! { NORWEGIAN:
    part "Del" chapter "Kapittel" section "Avsnitt" figure "Figur" table "Tabell" equation "Ligning"
    contents "Innhold" figures "Figurer" tables "Tabeller" index "Register" notes "Noter"
    note "Merk" tip "Tips" important "Viktig" warning "Advarsel" caution "Forsiktig"
    page "side" see "se" see_also "se også" cover "Omslag" continued "fortsatt" back_to_text "Tilbake til teksten"
    pages "Sider" landmarks "Landemerker"
    print "trykt" ebook "e-bok"
    translated "Oversettelse: {}" edited "Redaksjon: {}" illustrated "Illustrasjoner: {}" contributed "Med bidrag fra {}"
    set_in "Satt med {}." made_with "Laget med {}."
    readable "Teksten kan leses med øyne, ører og fingre; strukturen er merket opp."
    described "Alle bilder er beskrevet." undescribed "Ikke alle bilder er beskrevet."
    same_pages "Sidetallene er den trykte utgavens."
}
words! { FINNISH:
    part "Osa" chapter "Luku" section "Kappale" figure "Kuva" table "Taulukko" equation "Yhtälö"
    contents "Sisällys" figures "Kuvat" tables "Taulukot" index "Hakemisto" notes "Viitteet"
    note "Huomautus" tip "Vihje" important "Tärkeää" warning "Varoitus" caution "Huomio"
    page "sivu" see "katso" see_also "katso myös" cover "Kansi" continued "jatkuu" back_to_text "Takaisin tekstiin"
    pages "Sivut" landmarks "Maamerkit"
    print "painettu" ebook "e-kirja"
    translated "Suomennos: {}" edited "Toimitus: {}" illustrated "Kuvitus: {}" contributed "Mukana: {}"
    set_in "Kirjasintyyppi: {}." made_with "Valmistettu ohjelmalla {}."
    readable "Tekstiä voi lukea silmin, korvin ja sormin; sen rakenne on merkitty."
    described "Kaikki kuvat on kuvailtu." undescribed "Kaikkia kuvia ei ole kuvailtu."
    same_pages "Sivunumerot ovat painetun laitoksen."
}
words! { RUSSIAN:
    part "Часть" chapter "Глава" section "Раздел" figure "Рисунок" table "Таблица" equation "Формула"
    contents "Содержание" figures "Список рисунков" tables "Список таблиц" index "Указатель" notes "Примечания"
    note "Примечание" tip "Совет" important "Важно" warning "Предупреждение" caution "Осторожно"
    page "страница" see "см." see_also "см. также" cover "Обложка" continued "продолжение" back_to_text "Вернуться к тексту"
    pages "Страницы" landmarks "Ориентиры"
    print "печатное издание" ebook "электронное издание"
    translated "Перевод: {}" edited "Редактор: {}" illustrated "Иллюстрации: {}" contributed "При участии: {}"
    set_in "Гарнитура: {}." made_with "Свёрстано программой {}."
    readable "Текст можно читать глазами, на слух и на ощупь; его структура размечена."
    described "Все изображения описаны." undescribed "Описаны не все изображения."
    same_pages "Номера страниц соответствуют печатному изданию."
}
words! { UKRAINIAN:
    part "Частина" chapter "Розділ" section "Підрозділ" figure "Рисунок" table "Таблиця" equation "Формула"
    contents "Зміст" figures "Список рисунків" tables "Список таблиць" index "Покажчик" notes "Примітки"
    note "Примітка" tip "Порада" important "Важливо" warning "Попередження" caution "Обережно"
    page "сторінка" see "див." see_also "див. також" cover "Обкладинка" continued "продовження" back_to_text "Повернутися до тексту"
    pages "Сторінки" landmarks "Орієнтири"
    print "друковане видання" ebook "електронне видання"
    translated "Переклад: {}" edited "Редактор: {}" illustrated "Ілюстрації: {}" contributed "За участю: {}"
    set_in "Гарнітура: {}." made_with "Зверстано програмою {}."
    readable "Текст можна читати очима, на слух і на дотик; його структуру розмічено."
    described "Усі зображення описано." undescribed "Описано не всі зображення."
    same_pages "Номери сторінок відповідають друкованому виданню."
}
words! { POLISH:
    part "Część" chapter "Rozdział" section "Podrozdział" figure "Rysunek" table "Tabela" equation "Równanie"
    contents "Spis treści" figures "Spis rysunków" tables "Spis tabel" index "Indeks" notes "Przypisy"
    note "Uwaga" tip "Wskazówka" important "Ważne" warning "Ostrzeżenie" caution "Ostrożnie"
    page "strona" see "zob." see_also "zob. też" cover "Okładka" continued "ciąg dalszy" back_to_text "Powrót do tekstu"
    pages "Strony" landmarks "Punkty orientacyjne"
    print "wydanie drukowane" ebook "e-book"
    translated "Przekład: {}" edited "Redakcja: {}" illustrated "Ilustracje: {}" contributed "Współpraca: {}"
    set_in "Złożono krojem {}." made_with "Przygotowano w programie {}."
    readable "Tekst można czytać wzrokiem, słuchem i dotykiem; jego struktura jest oznaczona."
    described "Wszystkie ilustracje są opisane." undescribed "Nie wszystkie ilustracje są opisane."
    same_pages "Numery stron odpowiadają wydaniu drukowanemu."
}
words! { CZECH:
    part "Část" chapter "Kapitola" section "Oddíl" figure "Obrázek" table "Tabulka" equation "Rovnice"
    contents "Obsah" figures "Seznam obrázků" tables "Seznam tabulek" index "Rejstřík" notes "Poznámky"
    note "Poznámka" tip "Tip" important "Důležité" warning "Varování" caution "Pozor"
    page "strana" see "viz" see_also "viz též" cover "Obálka" continued "pokračování" back_to_text "Zpět k textu"
    pages "Stránky" landmarks "Orientační body"
    print "tištěné vydání" ebook "e-kniha"
    translated "Překlad: {}" edited "Redakce: {}" illustrated "Ilustrace: {}" contributed "Spolupráce: {}"
    set_in "Vysázeno písmem {}." made_with "Vytvořeno programem {}."
    readable "Text lze číst zrakem, sluchem i hmatem; jeho struktura je vyznačena."
    described "Všechny obrázky jsou popsány." undescribed "Ne všechny obrázky jsou popsány."
    same_pages "Čísla stran odpovídají tištěnému vydání."
}
words! { TURKISH:
    part "Kısım" chapter "Bölüm" section "Alt bölüm" figure "Şekil" table "Tablo" equation "Denklem"
    contents "İçindekiler" figures "Şekiller" tables "Tablolar" index "Dizin" notes "Notlar"
    note "Not" tip "İpucu" important "Önemli" warning "Uyarı" caution "Dikkat"
    page "sayfa" see "bkz." see_also "ayrıca bkz." cover "Kapak" continued "devamı" back_to_text "Metne dön"
    pages "Sayfalar" landmarks "Yer işaretleri"
    print "basılı" ebook "e-kitap"
    translated "Çeviri: {}" edited "Editör: {}" illustrated "Çizimler: {}" contributed "Katkıda bulunanlar: {}"
    set_in "Yazı tipi: {}." made_with "{} ile hazırlanmıştır."
    readable "Metin gözle, kulakla ve dokunarak okunabilir; yapısı işaretlenmiştir."
    described "Tüm görseller betimlenmiştir." undescribed "Görsellerin tümü betimlenmiş değildir."
    same_pages "Sayfa numaraları basılı baskınınkilerdir."
}
words! { AZERBAIJANI:
    part "Hissə" chapter "Fəsil" section "Bölmə" figure "Şəkil" table "Cədvəl" equation "Tənlik"
    contents "Mündəricat" figures "Şəkillər" tables "Cədvəllər" index "Göstərici" notes "Qeydlər"
    note "Qeyd" tip "Məsləhət" important "Vacib" warning "Xəbərdarlıq" caution "Diqqət"
    page "səhifə" see "bax" see_also "həmçinin bax" cover "Üz qabığı" continued "davamı" back_to_text "Mətnə qayıt"
    pages "Səhifələr" landmarks "Əsas yerlər"
    print "çap nəşri" ebook "elektron kitab"
    translated "Tərcümə: {}" edited "Redaktor: {}" illustrated "İllüstrasiyalar: {}" contributed "İştirak edənlər: {}"
    set_in "Şrift: {}." made_with "{} ilə hazırlanmışdır."
    readable "Mətni gözlə, qulaqla və toxunmaqla oxumaq olar; onun quruluşu işarələnib."
    described "Bütün şəkillər təsvir edilib." undescribed "Şəkillərin hamısı təsvir edilməyib."
    same_pages "Səhifə nömrələri çap nəşrininkidir."
}
words! { ARMENIAN:
    part "Մաս" chapter "Գլուխ" section "Բաժին" figure "Նկար" table "Աղյուսակ" equation "Բանաձև"
    contents "Բովանդակություն" figures "Նկարներ" tables "Աղյուսակներ" index "Ցանկ" notes "Ծանոթագրություններ"
    note "Նշում" tip "Խորհուրդ" important "Կարևոր" warning "Զգուշացում" caution "Զգույշ"
    page "էջ" see "տես" see_also "տես նաև" cover "Կազմ" continued "շարունակություն" back_to_text "Վերադառնալ տեքստին"
    pages "Էջեր" landmarks "Ուղենիշներ"
    print "տպագիր" ebook "էլեկտրոնային գիրք"
    translated "Թարգմանություն՝ {}" edited "Խմբագիր՝ {}" illustrated "Նկարազարդում՝ {}" contributed "Մասնակցություն՝ {}"
    set_in "Տառատեսակ՝ {}։" made_with "Պատրաստված է {} ծրագրով։"
    readable "Տեքստը կարելի է ընթերցել տեսողությամբ, լսողությամբ և շոշափելով. կառուցվածքը նշագրված է։"
    described "Բոլոր պատկերները նկարագրված են։" undescribed "Ոչ բոլոր պատկերներն են նկարագրված։"
    same_pages "Էջահամարները տպագիր հրատարակությանն են։"
}
words! { GEORGIAN:
    part "ნაწილი" chapter "თავი" section "პარაგრაფი" figure "სურათი" table "ცხრილი" equation "განტოლება"
    contents "სარჩევი" figures "სურათები" tables "ცხრილები" index "საძიებელი" notes "შენიშვნები"
    note "შენიშვნა" tip "რჩევა" important "მნიშვნელოვანი" warning "გაფრთხილება" caution "ფრთხილად"
    page "გვერდი" see "იხ." see_also "იხ. აგრეთვე" cover "ყდა" continued "გაგრძელება" back_to_text "ტექსტთან დაბრუნება"
    pages "გვერდები" landmarks "ორიენტირები"
    print "ბეჭდური" ebook "ელექტრონული წიგნი"
    translated "თარგმანი: {}" edited "რედაქტორი: {}" illustrated "ილუსტრაციები: {}" contributed "მონაწილეობა: {}"
    set_in "შრიფტი: {}." made_with "დამზადებულია პროგრამით {}."
    readable "ტექსტის წაკითხვა შესაძლებელია თვალით, სმენითა და შეხებით; მისი სტრუქტურა მონიშნულია."
    described "ყველა სურათი აღწერილია." undescribed "ყველა სურათი არ არის აღწერილი."
    same_pages "გვერდების ნომრები ემთხვევა ბეჭდურ გამოცემას."
}
words! { GREEK:
    part "Μέρος" chapter "Κεφάλαιο" section "Ενότητα" figure "Εικόνα" table "Πίνακας" equation "Εξίσωση"
    contents "Περιεχόμενα" figures "Κατάλογος εικόνων" tables "Κατάλογος πινάκων" index "Ευρετήριο" notes "Σημειώσεις"
    note "Σημείωση" tip "Συμβουλή" important "Σημαντικό" warning "Προειδοποίηση" caution "Προσοχή"
    page "σελίδα" see "βλ." see_also "βλ. επίσης" cover "Εξώφυλλο" continued "συνέχεια" back_to_text "Επιστροφή στο κείμενο"
    pages "Σελίδες" landmarks "Ορόσημα"
    print "έντυπο" ebook "ηλεκτρονικό βιβλίο"
    translated "Μετάφραση: {}" edited "Επιμέλεια: {}" illustrated "Εικονογράφηση: {}" contributed "Με τη συμβολή: {}"
    set_in "Στοιχειοθεσία: {}." made_with "Κατασκευάστηκε με το {}."
    readable "Το κείμενο διαβάζεται με την όραση, την ακοή και την αφή· η δομή του έχει επισημανθεί."
    described "Όλες οι εικόνες περιγράφονται." undescribed "Δεν περιγράφονται όλες οι εικόνες."
    same_pages "Οι αριθμοί σελίδων είναι της έντυπης έκδοσης."
}
words! { ARABIC:
    part "الجزء" chapter "الفصل" section "القسم" figure "الشكل" table "الجدول" equation "المعادلة"
    contents "المحتويات" figures "قائمة الأشكال" tables "قائمة الجداول" index "الفهرس" notes "الهوامش"
    note "ملاحظة" tip "نصيحة" important "مهم" warning "تحذير" caution "تنبيه"
    page "صفحة" see "انظر" see_also "انظر أيضًا" cover "الغلاف" continued "تابع" back_to_text "العودة إلى النص"
    pages "الصفحات" landmarks "المعالم"
    print "مطبوع" ebook "كتاب إلكتروني"
    translated "ترجمة: {}" edited "تحرير: {}" illustrated "رسوم: {}" contributed "بمشاركة: {}"
    set_in "الخط: {}." made_with "أُعدَّ ببرنامج {}."
    readable "يمكن قراءة النص بالنظر والسمع واللمس، وبنيته معلَّمة."
    described "جميع الصور موصوفة." undescribed "ليست جميع الصور موصوفة."
    same_pages "أرقام الصفحات هي أرقام الطبعة الورقية."
}
words! { HEBREW:
    part "חלק" chapter "פרק" section "סעיף" figure "איור" table "טבלה" equation "משוואה"
    contents "תוכן העניינים" figures "רשימת איורים" tables "רשימת טבלאות" index "מפתח" notes "הערות"
    note "הערה" tip "טיפ" important "חשוב" warning "אזהרה" caution "זהירות"
    page "עמוד" see "ראו" see_also "ראו גם" cover "כריכה" continued "המשך" back_to_text "חזרה לטקסט"
    pages "עמודים" landmarks "ציוני דרך"
    print "דפוס" ebook "ספר אלקטרוני"
    translated "תרגום: {}" edited "עריכה: {}" illustrated "איורים: {}" contributed "בהשתתפות: {}"
    set_in "גופן: {}." made_with "הופק באמצעות {}."
    readable "אפשר לקרוא את הטקסט בעין, באוזן ובמגע; המבנה שלו מסומן."
    described "לכל התמונות יש תיאור." undescribed "לא לכל התמונות יש תיאור."
    same_pages "מספרי העמודים הם של המהדורה המודפסת."
}
words! { JAPANESE:
    part "第{}部" chapter "第{}章" section "{}節" figure "図{}" table "表{}" equation "式{}"
    contents "目次" figures "図目次" tables "表目次" index "索引" notes "注"
    note "注記" tip "ヒント" important "重要" warning "警告" caution "注意"
    page "ページ" see "→" see_also "→も見よ" cover "表紙" continued "続き" back_to_text "本文に戻る"
    pages "ページ一覧" landmarks "ランドマーク"
    print "印刷版" ebook "電子書籍"
    translated "訳：{}" edited "編：{}" illustrated "絵：{}" contributed "協力：{}"
    set_in "書体：{}" made_with "制作：{}"
    readable "本文は目でも耳でも指先でも読むことができ、構造が示されています。"
    described "すべての画像に説明があります。" undescribed "説明のない画像があります。"
    same_pages "ページ番号は印刷版のものです。"
}
words! { CHINESE:
    part "第{}部分" chapter "第{}章" section "第{}节" figure "图{}" table "表{}" equation "式{}"
    contents "目录" figures "插图目录" tables "表格目录" index "索引" notes "注释"
    note "注意" tip "提示" important "重要" warning "警告" caution "小心"
    page "页" see "见" see_also "另见" cover "封面" continued "续" back_to_text "返回正文"
    pages "页码" landmarks "地标"
    print "印刷版" ebook "电子书"
    translated "翻译：{}" edited "编辑：{}" illustrated "插图：{}" contributed "参与：{}"
    set_in "字体：{}" made_with "制作：{}"
    readable "正文可以用眼、用耳、用触摸阅读；其结构均已标明。"
    described "所有图片都有说明。" undescribed "部分图片没有说明。"
    same_pages "页码与印刷版一致。"
}

impl Wording {
    /// The words of a language; English where we have none of it.
    pub fn of(lang: &Lang) -> &'static Wording {
        Wording::known(lang.primary()).unwrap_or(&ENGLISH)
    }

    fn known(primary: &str) -> Option<&'static Wording> {
        Some(match primary {
            "en" => &ENGLISH,
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "it" => &ITALIAN,
            "pt" => &PORTUGUESE,
            "nl" => &DUTCH,
            "sv" => &SWEDISH,
            "da" => &DANISH,
            "no" | "nb" | "nn" => &NORWEGIAN,
            "fi" => &FINNISH,
            "ru" => &RUSSIAN,
            "uk" => &UKRAINIAN,
            "pl" => &POLISH,
            "cs" => &CZECH,
            "tr" => &TURKISH,
            "az" => &AZERBAIJANI,
            "hy" => &ARMENIAN,
            "ka" => &GEORGIAN,
            "el" => &GREEK,
            "ar" => &ARABIC,
            "he" => &HEBREW,
            "ja" => &JAPANESE,
            "zh" => &CHINESE,
            _ => return None,
        })
    }

    /// A word with its number: `Chapter 3`, `第3章`. The space between does not break.
    pub fn numbered(word: &str, number: &str) -> String {
        if word.contains("{}") { word.replace("{}", number) } else { format!("{word}\u{A0}{number}") }
    }

    /// A phrase with a name in it: `Translated by {}`.
    pub fn naming(phrase: &str, name: &str) -> String {
        phrase.replace("{}", name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_speaks_its_language_and_an_unknown_tongue_english() {
        let of = |tag| Wording::of(&Lang::parse(tag).expect("a tag")).chapter;
        assert_eq!(of("pt-BR"), "Capítulo");
        assert_eq!(of("az"), "Fəsil");
        assert_eq!(of("tlh"), "Chapter");
    }

    #[test]
    fn a_number_stands_where_the_language_puts_it() {
        assert_eq!(Wording::numbered("Figure", "3"), "Figure\u{A0}3");
        assert_eq!(Wording::numbered(JAPANESE.chapter, "3"), "第3章");
    }
}
